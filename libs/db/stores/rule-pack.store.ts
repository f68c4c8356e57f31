import { v7 as uuidv7 } from 'uuid';
import { digestOf } from '#libs/crypto/digest';
import { type TriagePacks } from '#libs/packs/pack.types';
import { type Tx } from '../transaction';
import { inForceSql } from './packs-in-force.store';

/** A version of the rule packs as lists show it; the content apart. */
export interface RulePackVersion {
  readonly id: string;
  readonly number: number;
  readonly sha256: string;
  readonly note: string;
  /** The number of the earlier version whose content this one brings back. */
  readonly restores: number | null;
  readonly editedBy: string;
  readonly editorName: string;
  readonly editedAt: Date;
  readonly approvedBy: string | null;
  readonly approverName: string | null;
  readonly approvedAt: Date | null;
  readonly effectiveFrom: Date | null;
  readonly state: 'draft' | 'scheduled' | 'active' | 'superseded';
}

/** A version to be stored. */
export interface NewRulePacks {
  readonly content: TriagePacks;
  readonly note: string;
  readonly restores: number | null;
}

/** Makes whoever edits or approves in this organisation wait for each other until the transaction ends. */
export const lockRulePacks = async (tx: Tx): Promise<void> => {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('countersign/rule-packs:' || $1, 0))`, [
    tx.principal.organisationId,
  ]);
};

/** Counts every edit and approval: another number means that somebody has done something since. */
export const rulePackRevision = async (tx: Tx): Promise<number> => {
  const [row] = await tx.query<{ revision: number }>(
    `select (select count(*) from rule_pack_set where organisation_id = $1)::int
       + (select count(*) from rule_pack_approval where organisation_id = $1)::int revision`,
    [tx.principal.organisationId],
  );
  return row?.revision ?? 0;
};

const listSql = (which: string): string => `
with active as (${inForceSql})
select s.id, s.number, s.sha256, s.note, s.restores, s.edited_by "editedBy", u.display_name "editorName",
  s.edited_at "editedAt", a.approved_by "approvedBy", a.approver_name "approverName", a.approved_at "approvedAt",
  a.effective_from "effectiveFrom",
  case when a.set_id is null then 'draft' when a.set_id = (select set_id from active) then 'active'
    when a.effective_from > clock_timestamp() then 'scheduled' else 'superseded' end state
from rule_pack_set s join app_user u on u.id = s.edited_by left join rule_pack_approval a on a.set_id = s.id
where s.organisation_id = $1 and ${which}`;

/** The organisation's versions, newest first, those before a number. */
export const rulePackVersions = (
  tx: Tx,
  { before = null, limit }: { before?: number | null; limit: number },
): Promise<RulePackVersion[]> =>
  tx.query(`${listSql('($2::int is null or s.number < $2)')} order by s.number desc limit $3`, [
    tx.principal.organisationId,
    before,
    limit,
  ]);

/** One version of the organisation; null for an unknown id. */
export const findRulePackVersion = async (tx: Tx, id: string): Promise<RulePackVersion | null> => {
  const [row] = await tx.query<RulePackVersion>(listSql('s.id = $2'), [tx.principal.organisationId, id]);
  return row ?? null;
};

/** The content of a version as it was sent. */
export const rulePackContent = async (tx: Tx, id: string): Promise<unknown> => {
  const [row] = await tx.query<{ content: unknown }>(
    'select content from rule_pack_set where id = $2 and organisation_id = $1',
    [tx.principal.organisationId, id],
  );
  return row?.content;
};

/** Stores the next version, a draft; the caller holds {@link lockRulePacks}. */
export const insertRulePacks = async (
  tx: Tx,
  { content, note, restores }: NewRulePacks,
): Promise<{ id: string; number: number; sha256: string }> => {
  if (tx.principal.kind !== 'user') throw new TypeError('only a person edits rule packs');
  const [id, sha256] = [uuidv7(), digestOf(content)];
  const [row] = await tx.query<{ number: number }>(
    `insert into rule_pack_set (id, organisation_id, number, content, sha256, note, restores, edited_by)
     select $1::uuid, $2::uuid, 1 + coalesce(max(number), 0), $3::jsonb, $4::text, $5::text, $6::int, $7::uuid
       from rule_pack_set where organisation_id = $2
     returning number`,
    [id, tx.principal.organisationId, JSON.stringify(content), sha256, note, restores, tx.principal.id],
  );
  if (!row) throw new Error('the version was not stored');
  return { id, number: row.number, sha256 };
};

/** Approves a draft from a moment on (null: from now on); false when that moment is over. The caller holds the lock. */
export const approveRulePacks = async (
  tx: Tx,
  { id, effectiveFrom }: { id: string; effectiveFrom: Date | null },
): Promise<boolean> => {
  if (tx.principal.kind !== 'user') throw new TypeError('only a person approves rule packs');
  const rows = await tx.query(
    `insert into rule_pack_approval (set_id, organisation_id, edited_by, approved_by, approver_name, approved_at,
       effective_from)
     select s.id, s.organisation_id, s.edited_by, $3::uuid, u.display_name, t.now, coalesce($4::timestamptz, t.now)
       from rule_pack_set s, app_user u, (select clock_timestamp() "now") t
       where s.id = $1 and s.organisation_id = $2 and u.id = $3 and coalesce($4::timestamptz, t.now) >= t.now
     returning set_id`,
    [id, tx.principal.organisationId, tx.principal.id, effectiveFrom],
  );
  return rows.length === 1;
};
