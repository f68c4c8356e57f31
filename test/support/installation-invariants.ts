import { createFieldCipher } from '#libs/db/field-cipher';
import { checkInvariants } from '#libs/invariants/check-invariants';
import { type Acknowledged } from '#libs/invariants/decisions';
import { type Violation } from '#libs/invariants/violation';
import { createWorkflowView } from '#libs/invariants/workflow-view';
import { undoMs } from '#libs/processes/triage/triage.gate';
import { type TestInstallation } from './installation';
import { type TestTemporalAccess } from './installation-temporal';
import { type DecisionAnswer } from './installation-desk';

/** Decisions that somebody was told of (2xx), for I1. */
export const acknowledgedIn = (answers: readonly { status: number; body: DecisionAnswer }[]): Acknowledged[] =>
  answers.filter(({ status, body }) => status < 300 && body.state === 'decided').map(({ body }) => body as never);

/**
 * What I1–I5 and I8 find against an installation once it is quiet: nothing, or the test has failed. `exempt` are cases
 * whose workflows a test broke on purpose.
 */
export const violations = async (
  site: TestInstallation,
  temporal: TestTemporalAccess,
  { acknowledged, exempt = new Set() }: { acknowledged: readonly Acknowledged[]; exempt?: ReadonlySet<string> },
): Promise<Violation[]> => {
  const view = createWorkflowView(temporal.link);
  const isExempt = (workflowId: string): boolean => exempt.has(workflowId.split(':')[1] ?? '');
  const found = await checkInvariants({
    query: site.sql,
    workflows: { ...view, stateOf: async (id) => (isExempt(id) ? 'running' : view.stateOf(id)) },
    undoMs: undoMs * Number(site.installation.env['COUNTERSIGN_TIME_SCALE'] ?? 1),
    cipher: createFieldCipher(temporal.ring),
    acknowledged,
    canaries: [],
    places: { databaseUrls: [], files: [] },
  });
  return Object.values(found).flat();
};
