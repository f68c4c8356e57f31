import { casesOfWorkflows, type KnownWorkflow, type OpenCase, openCases } from '#libs/db/stores/reconcile.store';
import { type Tx } from '#libs/db/transaction';
import { type Finding, safeWorkflowId } from './finding';
import { type ReconcileLimits } from './limits';
import { type ListedRun, type RunState, type WorkflowLookup } from './workflow-lookup';

/** What comparing with Temporal needs; each `read` is a short transaction, none is open while Temporal is asked. */
export interface Comparison {
  readonly read: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  readonly workflows: WorkflowLookup;
  readonly limits: ReconcileLimits;
  readonly now: Date;
}

const pageSize = 1000;
const firstId = '00000000-0000-0000-0000-000000000000';

/** Compares both ways: running workflows with their cases, then open cases with what runs. */
export const workflowFindings = async (comparison: Comparison): Promise<Finding[]> => {
  const running = new Set<string>();
  const astray: Finding[] = [];
  for await (const page of comparison.workflows.running()) {
    page.forEach(({ workflowId }) => running.add(workflowId));
    astray.push(...(await astrayIn(comparison, page)));
  }
  return [...astray, ...(await missing(comparison, running)), ...(await troubled(comparison))];
};

/** Temporal keeps workflows of its own (schedules, batches) in every namespace. */
const isTemporals = (workflowId: string): boolean => workflowId.startsWith('temporal-sys-');

const astrayIn = async (
  { read, workflows, limits, now }: Comparison,
  page: readonly ListedRun[],
): Promise<Finding[]> => {
  const ours = page.filter(({ workflowId }) => !isTemporals(workflowId));
  const known = await read((tx) =>
    casesOfWorkflows(
      tx,
      ours.map(({ workflowId }) => workflowId),
    ),
  );
  const runOf = new Map(ours.map((run) => [run.workflowId, run]));
  const suspects = known.filter(
    ({ caseId, endedAt }) =>
      caseId === null || (endedAt !== null && now.getTime() - endedAt.getTime() > limits.lingerMs),
  );
  const findings: Finding[] = [];
  for (const suspect of suspects.slice(0, limits.findings)) {
    const state = await workflows.stateOf(suspect.workflowId);
    const startedAt = runOf.get(suspect.workflowId)?.startedAt ?? now;
    if (state.state === 'running') findings.push(ofAstray(suspect, { runId: state.runId, startedAt }));
  }
  return findings;
};

const ofAstray = (found: KnownWorkflow, run: { runId: string; startedAt: Date }): Finding => {
  const kind = found.caseId === null ? 'workflow-unknown' : 'workflow-lingering';
  return {
    kind,
    key: `${kind}:${run.runId}`,
    organisationId: found.organisationId,
    caseId: found.caseId,
    reviewId: null,
    since: (found.endedAt ?? run.startedAt).toISOString(),
    detail: { workflowId: safeWorkflowId(found.workflowId), runId: run.runId },
  };
};

const missing = async (comparison: Comparison, running: ReadonlySet<string>): Promise<Finding[]> => {
  const { read, workflows, limits } = comparison;
  const findings: Finding[] = [];
  let afterId = firstId;
  for (;;) {
    const page = await read((tx) => openCases(tx, { afterId, settleMs: limits.settleMs, limit: pageSize }));
    for (const open of page.filter(({ workflowId }) => !running.has(workflowId))) {
      // The index may be behind: only the workflow itself says that it does not run.
      const state = await workflows.stateOf(open.workflowId);
      if (state.state !== 'running') findings.push(ofMissing(comparison, open, state));
      if (findings.length >= limits.findings) return findings;
    }
    const last = page.at(-1);
    if (!last || page.length < pageSize) return findings;
    afterId = last.caseId;
  }
};

/** A closed run is named by its id; one that was never there is told again each day until somebody acts. */
const ofMissing = ({ now }: Comparison, open: OpenCase, { state, runId }: RunState): Finding => ({
  kind: 'workflow-missing',
  key: `workflow-missing:${open.caseId}:${runId ?? now.toISOString().slice(0, 10)}`,
  organisationId: open.organisationId,
  caseId: open.caseId,
  reviewId: null,
  since: open.openedAt.toISOString(),
  detail: { workflowId: open.workflowId, state, ...(runId !== null && { runId }) },
});

const troubled = async ({ read, workflows, limits }: Comparison): Promise<Finding[]> => {
  const findings: Finding[] = [];
  for await (const page of workflows.troubled()) {
    const known = await read((tx) =>
      casesOfWorkflows(
        tx,
        page.map(({ workflowId }) => workflowId),
      ),
    );
    const caseOf = new Map(known.map((one) => [one.workflowId, one]));
    for (const run of page) findings.push(ofTroubled(run, caseOf.get(run.workflowId)));
    if (findings.length >= limits.findings) break;
  }
  return findings;
};

const ofTroubled = ({ workflowId, runId, startedAt }: ListedRun, known: KnownWorkflow | undefined): Finding => ({
  kind: 'workflow-problems',
  key: `workflow-problems:${runId}`,
  organisationId: known?.organisationId ?? null,
  caseId: known?.caseId ?? null,
  reviewId: null,
  since: startedAt.toISOString(),
  detail: { workflowId: safeWorkflowId(workflowId), runId },
});
