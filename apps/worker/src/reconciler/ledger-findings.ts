import {
  deadEntries,
  lateEntries,
  type StrandedEntry,
  type UncommittedDecision,
  uncommittedDecisions,
} from '#libs/db/stores/reconcile.store';
import { type Tx } from '#libs/db/transaction';
import { type Finding, safeWorkflowId } from './finding';
import { type ReconcileLimits } from './limits';

const ofDecision = (found: UncommittedDecision): Finding => ({
  kind: 'decision-uncommitted',
  key: `decision-uncommitted:${found.decisionId}`,
  organisationId: found.organisationId,
  caseId: found.caseId,
  reviewId: found.reviewId,
  since: found.decidedAt.toISOString(),
  detail: { decisionId: found.decisionId, workflowId: `${found.process}:${found.caseId}` },
});

const ofEntry = (kind: 'outbox-dead' | 'outbox-late', found: StrandedEntry): Finding => ({
  kind,
  key: `${kind}:${found.outboxId}`,
  organisationId: found.organisationId,
  caseId: found.caseId,
  reviewId: null,
  since: found.since.toISOString(),
  detail: {
    outboxId: found.outboxId,
    workflowId: safeWorkflowId(found.workflowId),
    entry: found.kind,
    ...(found.reason !== null && { reason: found.reason }),
  },
});

/**
 * What the ledger knows by itself: decisions that were not carried out, entries that were given up or wait for long.
 * While Temporal is away every entry waits; that is the outage and not a finding.
 */
export const ledgerFindings = async (
  tx: Tx,
  limits: ReconcileLimits,
  { away }: { away: boolean },
): Promise<Finding[]> => {
  const late = away ? [] : await lateEntries(tx, limits.lateMs, limits.findings);
  return [
    ...(await uncommittedDecisions(tx, limits.uncommittedMs, limits.findings)).map(ofDecision),
    ...(await deadEntries(tx, limits.findings)).map((entry) => ofEntry('outbox-dead', entry)),
    ...late.map((entry) => ofEntry('outbox-late', entry)),
  ];
};
