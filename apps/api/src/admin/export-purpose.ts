import { type AuditRow } from '#libs/db/stores/audit.store';
import { type Tx } from '#libs/db/transaction';

/** What something is taken out of the product for. */
export const exportPurposes = [
  'quality-improvement',
  'incident-review',
  'complaint-handling',
  'inspection',
  'security-audit',
  'statistics',
  'research',
  'other',
] as const;

/** What the audit row of an export is called. */
export const exportSent = 'export.sent';

const placeOf = (exportId: string) => ['export', 'purpose_ct', exportId] as const;

/** A purpose in somebody's own words, for the audit: encrypted, since nothing keeps people from naming a patient. */
export const sealedPurpose = (tx: Tx, exportId: string, text: string): string =>
  tx.cipher.seal(placeOf(exportId), text).toString('hex');

/** A row for an auditor, an export's purpose opened. */
export const withPurpose = (tx: Tx, row: AuditRow): AuditRow => {
  const { purposeTextCt, ...detail } = row.detail;
  if (row.action !== exportSent || row.entityId === null || typeof purposeTextCt !== 'string') return row;
  const purposeText = tx.cipher.open(placeOf(row.entityId), Buffer.from(purposeTextCt, 'hex'));
  return { ...row, detail: { ...detail, purposeText } };
};

/** A row as it may leave the product: without what only auditors open. */
export const withoutPurpose = (row: AuditRow): AuditRow => {
  const { purposeTextCt: _, ...detail } = row.detail;
  return row.action === exportSent ? { ...row, detail } : row;
};
