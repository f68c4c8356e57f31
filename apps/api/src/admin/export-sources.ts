import { type AuditRow, countAudit, readAudit } from '#libs/db/stores/audit.store';
import { countQueueHistory, queueHistory, type QueuePeriod } from '#libs/db/stores/queue-history.store';
import { type Tx } from '#libs/db/transaction';
import { agreementOf } from '#libs/processes/agreement';
import { processes } from '#libs/processes/index';
import { isRefusal, refuse, type Refusal } from '#libs/review/refusal';
import { reachableWard } from '../triage/desk';
import { comparedIn, periodOf } from './agreement';
import { resolveFilter } from './audit-filter';
import { type Cell } from './csv-file';
import { withoutPurpose } from './export-purpose';
import { type ExportCountBody } from './exports.schema';

/** The rows of an export. */
export interface ExportSource {
  /** As it was asked for, with an end to its period. */
  readonly filter: Readonly<Record<string, unknown>>;
  /** The same for the audit: ids only. */
  readonly detail: Readonly<Record<string, unknown>>;
  /** How many rows; counts no further than `most`. */
  readonly count: (most: number) => Promise<number>;
  readonly rows: () => AsyncIterable<Readonly<Record<string, Cell>>>;
}

type Asked<Kind extends ExportCountBody['kind']> = Extract<ExportCountBody, { kind: Kind }>['filter'];

/** The rows of what somebody asks to export; refuses what is out of their reach. */
export const sourceOf = async (tx: Tx, body: ExportCountBody): Promise<ExportSource | Refusal> => {
  switch (body.kind) {
    case 'audit':
      return auditSource(tx, await ended(tx, body.filter));
    case 'queue-history':
      return queueSource(tx, await ended(tx, body.filter));
    case 'agreement':
      return agreementSource(tx, await ended(tx, body.filter));
  }
};

/** A period without an end, or with one to come, ends now: rows written later are not of the export that was counted. */
const ended = async <T extends { readonly to?: string | undefined }>(
  tx: Tx,
  filter: T,
): Promise<T & { to: string }> => {
  const [row] = await tx.query<{ now: Date }>('select now() now');
  const now = (row?.now ?? new Date()).toISOString();
  const { to = now } = filter;
  return { ...filter, to: Date.parse(to) < Date.parse(now) ? to : now };
};

const auditSource = async (tx: Tx, asked: Asked<'audit'>): Promise<ExportSource> => {
  const { filter, detail } = await resolveFilter(tx, asked);
  const rows = async function* () {
    for await (const row of readAudit(tx, filter)) yield auditCells(withoutPurpose(row));
  };
  return { filter: asked, detail, count: (most) => countAudit(tx, filter, most), rows };
};

const auditCells = ({ actorRoles, caseIds, detail, ...plain }: AuditRow): Readonly<Record<string, Cell>> => ({
  ...plain,
  actorRoles: actorRoles.join(' '),
  caseIds: caseIds.join(' '),
  detail: JSON.stringify(detail),
});

const queueSource = async (
  tx: Tx,
  asked: Asked<'queue-history'> & { readonly to: string },
): Promise<ExportSource | Refusal> => {
  const { wardId } = asked;
  const ward = wardId === undefined ? null : await reachableWard(tx, wardId);
  if (ward !== null && isRefusal(ward)) return ward;
  const filter = { ...asked, ...periodOf(asked) };
  const period: QueuePeriod = { from: filter.from, to: filter.to, wards: wardId === undefined ? null : [wardId] };
  const rows = async function* () {
    for await (const row of queueHistory(tx, period)) yield { ...row };
  };
  return { filter, detail: filter, count: (most) => countQueueHistory(tx, period, most), rows };
};

const agreementSource = async (
  tx: Tx,
  asked: Asked<'agreement'> & { readonly to: string },
): Promise<ExportSource | Refusal> => {
  const filter = { ...asked, ...periodOf(asked) };
  const { reviews, truncated } = await comparedIn(tx, filter);
  // Of more decisions than are counted only the first ones would be in it, and nothing in the file would say so.
  if (truncated) return refuse('EXPORT_TOO_LARGE', { path: 'filter.from', decisions: reviews.length });
  const rows = agreementOf(reviews, processes[asked.process].agreement);
  const cells = rows.flatMap(({ levelPack, pairs, ...group }) =>
    Object.entries(pairs).map(([pair, figures]) => ({
      levelPackId: levelPack?.id ?? null,
      levelPackVersion: levelPack?.version ?? null,
      ...group,
      pair,
      ...figures,
    })),
  );
  const each = async function* () {
    for (const one of cells) yield await Promise.resolve(one);
  };
  return { filter, detail: filter, count: (most) => Promise.resolve(Math.min(most, cells.length)), rows: each };
};
