import { type Query, type Violation, violationsOf } from './violation';
import { type WorkflowView } from './workflow-view';

/** I8, the ledger's side: starts and signals that have waited to be sent for over 30 s. */
export const stuckEntries = (query: Query): Promise<Violation[]> =>
  violationsOf(query, 'I8', [
    {
      what: 'has waited to be sent for over 30 s',
      sql: `select kind || ' to ' || workflow_id id from outbox
        where sent_at is null and dead_at is null and created_at < clock_timestamp() - interval '30 s'`,
    },
  ]);

/** I8, Temporal's side: workflows whose code fails again and again. */
export const troubledWorkflows = async (workflows: WorkflowView): Promise<Violation[]> =>
  (await workflows.troubled()).map((where) => ({ invariant: 'I8', what: 'reports problems', where }));
