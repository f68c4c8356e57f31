import { setTimeout as sleep } from 'node:timers/promises';
import { type Check, type Query, type Violation, violationsOf } from './violation';
import { type WorkflowView } from './workflow-view';

/** What is compared; `undoMs` is how long a workflow may live after its case ended (already scaled). */
export interface Comparison {
  readonly query: Query;
  readonly workflows: WorkflowView;
  readonly undoMs: number;
}

const ledgerSide: readonly Check[] = [
  {
    what: 'decided, and no workflow has carried it out',
    sql: `select 'decision ' || id id from decision where committed_at is null and action <> 'reject'`,
  },
  {
    what: 'not sent yet',
    sql: `select kind || ' to ' || workflow_id id from outbox where sent_at is null and dead_at is null`,
  },
];

interface CaseRow {
  readonly workflowId: string;
  readonly open: boolean;
  readonly over: boolean;
}

const casesSql = `select process || ':' || id "workflowId", ended_at is null "open",
  coalesce(ended_at < clock_timestamp() - $1 * interval '1 ms', false) "over" from cases`;

/** What workflows and ledger do not agree on now. Asks Temporal about every case: for tests and the demonstration. */
export const disagreements = async ({ query, workflows, undoMs }: Comparison): Promise<Violation[]> => {
  const found = await violationsOf(query, 'I4', ledgerSide);
  const cases = await query<CaseRow>(casesSql, [undoMs]);
  for (const { workflowId, open, over } of cases) {
    const state = await workflows.stateOf(workflowId);
    const what = faultOf(state, { open, over });
    if (what !== null) found.push({ invariant: 'I4', what, where: `workflow ${workflowId}` });
  }
  const known = new Set(cases.map(({ workflowId }) => workflowId));
  for (const id of await workflows.running())
    if (!known.has(id)) found.push({ invariant: 'I4', what: 'runs and names no case', where: `workflow ${id}` });
  return found;
};

const faultOf = (state: string, { open, over }: { open: boolean; over: boolean }): string | null => {
  if (state === 'broken') return 'ended in a way that no code of ours chose';
  if (open && state !== 'running') return `the case is open and its workflow is ${state}`;
  if (over && state === 'running') return 'the case is over and its workflow runs on';
  return state === 'missing' ? 'the case has ended and its workflow never was' : null;
};

/** I4: asks until workflows and ledger agree, `withinMs` at most (30 s of quiet); answers what they still differ in. */
export const disagreementsAfterQuiet = async (comparison: Comparison, withinMs = 30_000): Promise<Violation[]> => {
  const end = Date.now() + withinMs;
  for (;;) {
    const found = await disagreements(comparison);
    if (found.length === 0 || Date.now() >= end) return found;
    await sleep(250);
  }
};
