import { v7 as uuidv7 } from 'uuid';
import { type Principal } from '#libs/auth/principal';
import { type Role } from '#libs/auth/roles';
import { record } from '#libs/db/stores/record.store';
import { type Tx } from '#libs/db/transaction';
import { isRefusal, refuse, type Refusal } from '#libs/review/refusal';
import { type Work } from '../http/answer';
import { type CsvFile, writeCsv } from './csv-file';
import { exportColumns } from './export-columns';
import { exportSent, sealedPurpose } from './export-purpose';
import { type ExportSource, sourceOf } from './export-sources';
import { type ExportBody, type ExportCount, type ExportCountBody, type ExportKind } from './exports.schema';

/** The most rows of one file; a spreadsheet opens these, and a request makes them in seconds. */
export const mostRows = 100_000;

/** Who may take which rows out of the product. */
const exporters: Readonly<Record<ExportKind, readonly Role[]>> = {
  audit: ['auditor'],
  'queue-history': ['system_admin'],
  agreement: ['system_admin'],
};

/** A file that has been audited and may be sent; its name says nothing of a patient. */
export interface ExportFile extends CsvFile {
  readonly name: string;
}

/** How many rows an export would have, and which columns; nothing is taken out yet. */
export const countExport =
  (body: ExportCountBody, most = mostRows): Work<ExportCount> =>
  async (tx) => {
    const source = await enter(tx, body);
    if (isRefusal(source)) return source;
    const { kind } = body;
    const rows = await source.count(most + 1);
    const detail = { kind, filter: source.detail, rows };
    await record(tx, { audit: { action: 'export.counted', entityType: 'export', outcome: 'shown', detail } });
    const columns = exportColumns[kind].map((column) => ({ ...column }));
    return { kind, filter: source.filter, rows, mostRows: most, tooMany: rows > most, columns };
  };

/**
 * Makes the file of an export, as many rows as were shown, and audits it with its purpose and digest. The audit row commits
 * before the first byte is sent, so what cannot be audited does not leave. Asked twice it is taken twice, and audited twice.
 */
export const writeExport =
  (body: ExportBody, most = mostRows): Work<ExportFile> =>
  async (tx) => {
    const source = await enter(tx, body);
    if (isRefusal(source)) return source;
    const { kind, language, expectedRows } = body;
    const rows = await source.count(most + 1);
    if (rows > most) return refuse('EXPORT_TOO_LARGE', { rows, mostRows: most });
    if (rows !== expectedRows) return refuse('EXPORT_CHANGED', { rows, expectedRows });
    const columns = exportColumns[kind].map(({ key, ...headings }) => ({ key, header: headings[language] }));
    const file = await writeCsv(source.rows(), columns);
    if (file.rows !== expectedRows) return refuse('EXPORT_CHANGED', { rows: file.rows, expectedRows });
    await recordExport(tx, body, { file, filter: source.detail });
    return { ...file, name: `countersign-${kind}-${new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '')}.csv` };
  };

const enter = async (tx: Tx, body: ExportCountBody): Promise<ExportSource | Refusal> => {
  const needs = exporters[body.kind];
  return holdsOne(tx.principal, needs) ? sourceOf(tx, body) : refuse('FORBIDDEN', { needs });
};

const holdsOne = (principal: Principal, roles: readonly Role[]): boolean =>
  principal.kind === 'user' && principal.grants.some(({ role }) => roles.includes(role));

const recordExport = async (
  tx: Tx,
  { kind, language, purpose, purposeText }: ExportBody,
  { file, filter }: { file: CsvFile; filter: ExportSource['detail'] },
): Promise<void> => {
  const exportId = uuidv7();
  const said = purposeText === undefined ? {} : { purposeTextCt: sealedPurpose(tx, exportId, purposeText) };
  const detail = { kind, language, purpose, ...said, filter, rows: file.rows, bytes: file.bytes };
  const audit = { action: exportSent, entityType: 'export', entityId: exportId, outcome: 'shown' } as const;
  await record(tx, { audit: { ...audit, after: file.sha256, detail } });
};
