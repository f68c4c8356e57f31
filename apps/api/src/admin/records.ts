import { type AuditRow, searchAudit } from '#libs/db/stores/audit.store';
import { type DeadEntry, deadEntries } from '#libs/db/stores/outbox-watch.store';
import { type Reconciliation, reconcileLedger } from '#libs/db/stores/reconciliation.store';
import { record } from '#libs/db/stores/record.store';
import { type Work } from '../http/answer';
import { type Cursors, type Page, pageOf, type PageQuery } from '../http/cursor';
import { resolveFilter } from './audit-filter';
import { withPurpose } from './export-purpose';
import { type AuditSearch } from './records.schema';

/** A page of the audit, newest first; the search is audited itself, since its rows say who was treated. */
export const auditPageOf =
  (cursors: Cursors, { limit, cursor, ...asked }: AuditSearch): Work<Page<AuditRow>> =>
  async (tx) => {
    const position = cursors.open('audit', cursor);
    const after = position && { at: String(position[0]), id: String(position[1]) };
    const { filter, detail } = await resolveFilter(tx, asked);
    const rows = await searchAudit(tx, filter, { after, limit: limit + 1 });
    await record(tx, { audit: { action: 'audit.shown', entityType: 'audit', outcome: 'shown', detail } });
    const read = rows.map((row) => withPurpose(tx, row));
    return pageOf(read, { limit, next: (last) => cursors.seal('audit', [last.at, last.id]) });
  };

/** A page of what was given up on telling Temporal. */
export const deadPageOf =
  (cursors: Cursors, { limit, cursor }: PageQuery): Work<Page<DeadEntry>> =>
  async (tx) => {
    const [before] = cursors.open('outbox-dead', cursor) ?? [];
    const rows = await deadEntries(tx, { beforeSeq: before === undefined ? null : String(before), limit: limit + 1 });
    return pageOf(rows, { limit, next: (last) => cursors.seal('outbox-dead', [last.seq]) });
  };

/** How long a workflow may take to carry out a decision before it is reported (ms). */
const graceMs = 30_000;

/** Where ledger and workflows differ. */
export const reconciliation: Work<Reconciliation> = (tx) => reconcileLedger(tx, { graceMs });
