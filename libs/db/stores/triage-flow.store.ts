import { type Approved } from '#libs/review/approved';
import { acuityGate, undoMs } from '#libs/processes/triage/triage.gate';
import { clockOf } from '#libs/processes/triage/triage.clock';
import { type TriageClock, type TriageStanding } from '#libs/processes/triage/triage.contract';
import { isWaiting, type TriageState } from '#libs/processes/triage/triage.moves';
import { type Tx } from '../transaction';

/** The standing as the ledger knows it: the review by its round. */
export type LedgerStanding = Omit<TriageStanding, 'review'> & { readonly openRound: number | null };

interface StandingRow {
  state: string;
  ended_at: Date | null;
  clock_started_at: Date | null;
  limit_seconds: number | null;
  retriage_seconds: number | null;
  last_assessed_at: Date | null;
  open_round: number | null;
  told: string[];
}

/* A round that was decided before its workflow looked (it was away, or the nurse was quick) is still to be carried out. */
const standingSql = `
select c.state, c.ended_at, t.clock_started_at, t.limit_seconds, t.retriage_seconds, t.last_assessed_at,
  (select min(r.round) from review r left join decision d on d.review_id = r.id
    where r.case_id = c.id and r.step = $2 and (r.state in ('open', 'awaiting-second')
      or d.committed_at is null and d.action <> 'reject')) open_round,
  array(select n.unique_key from notice n where n.case_id = c.id and n.kind = 'breach'
    union all select k.unique_key from task k where k.case_id = c.id and k.kind = 're-assessment') told
from cases c join triage_case t on t.case_id = c.id where c.id = $1`;

/** The key under which a breach warning is told once. */
export const breachKey = (caseId: string, clockKey: string, step: number): string =>
  `breach:${caseId}:${clockKey}:${step}`;

/** The key under which a re-assessment is asked for once. */
export const reassessmentKey = (caseId: string, dueAt: string): string => `re-assessment:${caseId}:${dueAt}`;

/** What the workflow needs to know of its case; warnings and tasks that were made already are left out. */
export const triageStanding = async (tx: Tx, caseId: string, timeScale: number): Promise<LedgerStanding> => {
  const [row] = await tx.query<StandingRow>(standingSql, [caseId, acuityGate.step]);
  if (!row) return { openRound: null, clock: null, endsAt: new Date(0).toISOString() };
  return {
    openRound: row.open_round,
    clock: clockOfRow(caseId, row, timeScale),
    endsAt: row.ended_at && new Date(row.ended_at.getTime() + undoMs * timeScale).toISOString(),
  };
};

const clockOfRow = (caseId: string, row: StandingRow, timeScale: number): TriageClock | null => {
  const { clock_started_at, limit_seconds, retriage_seconds, last_assessed_at } = row;
  if (!isWaiting(row.state as TriageState) || !clock_started_at || !last_assessed_at) return null;
  if (limit_seconds === null || retriage_seconds === null) return null;
  const facts = {
    clockStartedAt: clock_started_at,
    limitSeconds: limit_seconds,
    retriageSeconds: retriage_seconds,
    lastAssessedAt: last_assessed_at,
  };
  const clock = clockOf(facts, { timeScale, now: new Date() });
  const told = new Set(row.told);
  return {
    key: clock.key,
    warnings: clock.warnings.filter(({ step }) => !told.has(breachKey(caseId, clock.key, step))),
    reassessAt: clock.reassessAt && told.has(reassessmentKey(caseId, clock.reassessAt)) ? null : clock.reassessAt,
  };
};

/**
 * Notes that the workflow carried a decision out, after checking it against the ledger once more; true the first time.
 * A decision that is not in the ledger as it was handed over is not carried out.
 */
export const commitDecision = async (tx: Tx, approved: Approved): Promise<'committed' | 'before' | 'not-in-ledger'> => {
  const rows = await tx.query<{ id: string; first: boolean }>(
    `with d as (select id, committed_at is null first from decision where id = $1 and review_id = $2 and content_sha256 = $3
       and draft_version = $4 and draft_sha256 is not distinct from $5 for update),
     u as (update decision set committed_at = clock_timestamp() from d where decision.id = d.id and d.first)
     select id, first from d`,
    [approved.decisionId, approved.reviewId, approved.contentSha256, approved.draftVersion, approved.draftSha256],
  );
  const [row] = rows;
  if (!row) return 'not-in-ledger';
  return row.first ? 'committed' : 'before';
};
