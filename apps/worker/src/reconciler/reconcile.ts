import { isGrpcServiceError } from '@temporalio/client';
import { type InTransaction, type Tx } from '#libs/db/transaction';
import { part } from '../principals';
import { type Finding, type FindingKind, findingKinds, type ReconcilerReport } from './finding';
import { ledgerFindings } from './ledger-findings';
import { defaultLimits, type ReconcileLimits } from './limits';
import { type Comparison, workflowFindings } from './workflow-findings';
import { type WorkflowLookup } from './workflow-lookup';

/** What a comparison needs. */
export interface ReconcileDeps {
  readonly inTransaction: InTransaction;
  readonly workflows: WorkflowLookup;
  readonly limits?: Partial<ReconcileLimits>;
  readonly now?: () => Date;
}

const reconcilerPrincipal = part('reconciler');

const asked = async (comparison: Comparison): Promise<Finding[] | 'away'> => {
  try {
    return await workflowFindings(comparison);
  } catch (thrown) {
    if (isGrpcServiceError(thrown)) return 'away';
    throw thrown;
  }
};

const kinds = Object.keys(findingKinds) as FindingKind[];

/** How many findings of a kind there are. */
export const countOf = (findings: readonly Finding[], kind: FindingKind): number =>
  findings.filter((finding) => finding.kind === kind).length;

/** Compares ledger and workflows and says where they differ. Changes nothing: what to do about it is a person's. */
export const reconcile = async (deps: ReconcileDeps): Promise<ReconcilerReport> => {
  const limits = { ...defaultLimits, ...deps.limits };
  const now = deps.now?.() ?? new Date();
  const read = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => deps.inTransaction(reconcilerPrincipal, work);
  const found = await asked({ read, workflows: deps.workflows, limits, now });
  const away = found === 'away';
  // The ledger last: what was decided while Temporal was asked has had its time too.
  const findings = [...(await read((tx) => ledgerFindings(tx, limits, { away }))), ...(away ? [] : found)];
  return {
    at: now.toISOString(),
    temporal: away ? 'away' : 'asked',
    truncated: kinds.some((kind) => countOf(findings, kind) >= limits.findings),
    findings,
  };
};
