import { digestOf } from '#libs/crypto/digest';
import { type FieldCipher } from '#libs/db/field-cipher';
import { type Check, type Query, type Violation, violationsOf } from './violation';

const gates: readonly Check[] = [
  {
    what: 'carried out without a decision in the ledger over the same content',
    sql: `select a.entity_id::text id from audit a left join decision d on d.id = a.entity_id
      where a.entity_type = 'decision' and a.action like '%.commit' and a.outcome = 'done'
        and (d.id is null or d.content_sha256 is distinct from a.after_sha256)`,
  },
  {
    what: 'a decision over a draft that is not the gated one',
    sql: `select d.id::text id from decision d
      left join draft w on w.review_id = d.review_id and w.version = d.draft_version and w.sha256 = d.draft_sha256
      where d.draft_version > 0 and (w.id is null or not w.shown) or d.action in ('approve', 'amend') and d.draft_version = 0`,
  },
  {
    what: 'a decision whose signatures are over other content, of one person twice, or void',
    sql: `select d.id::text id from decision d
      join signature f on f.id = d.first_signature left join signature s on s.id = d.second_signature
      where f.review_id <> d.review_id or f.content_sha256 <> d.content_sha256 or f.voided_at is not null
        or s.id is not null and (s.review_id <> d.review_id or s.content_sha256 <> d.content_sha256
          or s.voided_at is not null or s.user_id = f.user_id)
        or d.decided_by <> coalesce(s.user_id, f.user_id)`,
  },
  {
    what: 'decided by somebody who is no person of the hospital',
    sql: `select d.id::text id from decision d join review r on r.id = d.review_id left join app_user u on u.id = d.decided_by
      where u.id is null or u.organisation_id <> r.organisation_id`,
  },
  {
    what: 'a level that is said to be signed, and no decision of its case',
    sql: `select t.case_id::text id from triage_case t left join decision d on d.id = t.decision_id
      left join review r on r.id = d.review_id
      where (t.decided_level is not null or t.decision_id is not null) and r.case_id is distinct from t.case_id
        or (t.decided_level is null) <> (t.decision_id is null)`,
  },
  {
    what: 'a level that no longer is provisional, and nobody signed it',
    sql: 'select case_id::text id from triage_case where not provisional and (decision_id is null or level is distinct from decided_level)',
  },
];

interface Sealed {
  readonly table: 'signature' | 'draft';
  readonly id: string;
  readonly content_ct: Buffer;
  readonly sha256: string;
}

const sealedSql = `
select 'signature' "table", id::text id, content_ct, content_sha256 sha256 from signature
union all select 'draft', id::text, content_ct, sha256 from draft`;

/** I5: gates that were passed without a decision whose digests are those of what was drafted and signed. */
export const gatesPassedUnsigned = async (query: Query, cipher: FieldCipher): Promise<Violation[]> => {
  const found = await violationsOf(query, 'I5', gates);
  for (const { table, id, content_ct: stored, sha256 } of await query<Sealed>(sealedSql))
    if (digestOf(cipher.openJson([table, 'content_ct', id], stored)) !== sha256)
      found.push({ invariant: 'I5', what: 'the digest is not that of the content', where: `${table} ${id}` });
  return found;
};
