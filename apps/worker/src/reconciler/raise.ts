import { raiseNotice } from '#libs/db/stores/notice.store';
import { organisationIds } from '#libs/db/stores/reconcile.store';
import { record } from '#libs/db/stores/record.store';
import { type InTransaction, type Tx } from '#libs/db/transaction';
import { part } from '../principals';
import { type Finding, type ReconcilerReport } from './finding';

/** Tells one organisation of a finding, once: a notice for its administrator and an alarm in the audit. */
const raise = async (tx: Tx, finding: Finding): Promise<boolean> => {
  const { organisationId } = tx.principal;
  const { kind, key, caseId, reviewId, detail } = finding;
  const told = await raiseNotice(tx, {
    kind,
    audience: 'system_admin',
    uniqueKey: `reconciler:${organisationId}:${key}`,
    caseId,
    reviewId,
    data: { ...detail, since: finding.since },
  });
  if (told)
    await record(tx, {
      audit: {
        action: 'reconciler.finding',
        entityType: reviewId === null ? 'case' : 'review',
        entityId: reviewId ?? caseId ?? undefined,
        caseIds: caseId === null ? [] : [caseId],
        outcome: 'alarm',
        code: kind,
        detail,
      },
    });
  return told;
};

/** Raises what is new in a report; answers how many notices were new. */
export const raiseFindings = async (inTransaction: InTransaction, report: ReconcilerReport): Promise<number> => {
  if (report.findings.length === 0) return 0;
  const everyone = await inTransaction(part('reconciler'), organisationIds);
  let raised = 0;
  for (const finding of report.findings)
    for (const organisationId of finding.organisationId === null ? everyone : [finding.organisationId])
      if (await inTransaction(part('reconciler', organisationId), (tx) => raise(tx, finding))) raised += 1;
  return raised;
};
