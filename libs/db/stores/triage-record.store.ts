import { type Tx } from '../transaction';

/** A review of a case with what was decided, for the record of the case; never a draft. */
export interface ReviewRecord {
  readonly id: string;
  readonly step: string;
  readonly round: number;
  readonly state: string;
  readonly version: number;
  readonly floor: string | null;
  readonly openedAt: Date;
  readonly dueAt: Date;
  readonly claimedBy: string | null;
  readonly withdrawnAt: Date | null;
  readonly withdrawnReason: string | null;
  readonly decision: DecisionRecord | null;
}

/** Who decided what and when; the second name is there where two signed. */
export interface DecisionRecord {
  readonly id: string;
  readonly action: string;
  readonly decidedAt: Date;
  readonly by: string;
  readonly role: string;
  readonly secondBy: string | null;
  readonly secondRole: string | null;
  readonly reasonCode: string | null;
  /** What was signed, opened. */
  readonly content: unknown;
}

interface ReviewRow extends Omit<ReviewRecord, 'decision'> {
  readonly decision_id: string | null;
  readonly action: string;
  readonly decided_at: Date;
  readonly by_name: string;
  readonly role: string;
  readonly second_name: string | null;
  readonly second_role: string | null;
  readonly reason_code: string | null;
  readonly signature_id: string;
  readonly content_ct: Buffer;
}

const reviewsSql = `
select r.id, r.step, r.round, r.state, r.version, r.floor, r.opened_at "openedAt", r.due_at "dueAt",
  u.display_name "claimedBy", r.withdrawn_at "withdrawnAt", r.withdrawn_reason "withdrawnReason",
  d.id decision_id, d.action, d.decided_at, f.printed_name by_name, f.role, s.printed_name second_name, s.role second_role,
  f.reason_code, f.id signature_id, f.content_ct
from review r
left join app_user u on u.id = r.claimed_by and r.lease_expires_at > clock_timestamp()
left join decision d on d.review_id = r.id
left join signature f on f.id = d.first_signature
left join signature s on s.id = d.second_signature
where r.case_id = $1 order by r.step, r.round`;

/** The reviews of a case with their decisions, oldest first. */
export const reviewsOfCase = async (tx: Tx, caseId: string): Promise<ReviewRecord[]> => {
  const rows = await tx.query<ReviewRow>(reviewsSql, [caseId]);
  return rows.map((row) => {
    const { id, step, round, state, version, floor, openedAt, dueAt, claimedBy, withdrawnAt, withdrawnReason } = row;
    const plain = { id, step, round, state, version, floor, openedAt, dueAt, claimedBy, withdrawnAt, withdrawnReason };
    return { ...plain, decision: decisionOf(tx, row) };
  });
};

const decisionOf = (tx: Tx, row: ReviewRow): DecisionRecord | null =>
  row.decision_id === null
    ? null
    : {
        id: row.decision_id,
        action: row.action,
        decidedAt: row.decided_at,
        by: row.by_name,
        role: row.role,
        secondBy: row.second_name,
        secondRole: row.second_role,
        reasonCode: row.reason_code,
        content: tx.cipher.openJson(['signature', 'content_ct', row.signature_id], row.content_ct),
      };

/** What people and machines of the organisation are called, by id. */
export const actorNames = async (
  tx: Tx,
  ids: readonly (string | null)[],
): Promise<(id: string | null) => string | null> => {
  const rows = await tx.query<{ id: string; name: string }>(
    `select id, display_name "name" from app_user where id = any($1) and organisation_id = $2
     union all select id, name from service_account where id = any($1) and organisation_id = $2`,
    [[...new Set(ids.filter((id) => id !== null))], tx.principal.organisationId],
  );
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return (id) => (id === null ? null : (names.get(id) ?? null));
};
