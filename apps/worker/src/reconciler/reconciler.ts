import { faultOf } from '../fault';
import { type Log } from '../log';
import { type Loop, startLoop } from '../wake/loop';
import { type ReconcilerReport } from './finding';
import { raiseFindings } from './raise';
import { reconcile, type ReconcileDeps } from './reconcile';

/** What the periodic comparison needs. */
export interface ReconcilerDeps extends ReconcileDeps {
  readonly log: Log;
  readonly observe?: (report: ReconcilerReport) => void;
  /** Between two comparisons (default half a minute: what was done to a workflow is told within one). */
  readonly everyMs?: number;
}

/** Starts comparing ledger and workflows now and then; it tells people and never acts. */
export const startReconciler = (deps: ReconcilerDeps): Loop =>
  startLoop({
    work: async () => {
      const report = await reconcile(deps);
      const raised = await raiseFindings(deps.inTransaction, report);
      deps.observe?.(report);
      const { temporal, truncated, findings } = report;
      if (findings.length > 0 || temporal === 'away')
        deps.log.warn({ temporal, truncated, findings: findings.length, raised }, 'ledger and workflows differ');
      return 'idle';
    },
    onError: (thrown) => deps.log.warn(faultOf(thrown), 'ledger and workflows cannot be compared'),
    pollMs: deps.everyMs ?? 30_000,
  });
