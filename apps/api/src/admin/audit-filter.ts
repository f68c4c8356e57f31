import { accountsNamed, type AuditFilter, casesOfVisit, casesTicketed } from '#libs/db/stores/audit.store';
import { findVisit } from '#libs/db/stores/patient.store';
import { type Tx } from '#libs/db/transaction';
import { type AuditFilterBody } from './records.schema';

/** What an auditor asked for, as the store takes it, and as the audit may keep it: ids for what was typed. */
export interface ResolvedFilter {
  readonly filter: AuditFilter;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Turns names and numbers into ids. Who is not known, has no ticket or no visit here, has no rows. */
export const resolveFilter = async (tx: Tx, asked: AuditFilterBody): Promise<ResolvedFilter> => {
  const { caseId, actor: name, ticketNo, ticketDay, visitNumber, ...plain } = asked;
  const actorIds = name === undefined ? undefined : await accountsNamed(tx, name);
  const caseIds = meeting([
    ...(caseId === undefined ? [] : [[caseId]]),
    ...(ticketNo === undefined || ticketDay === undefined
      ? []
      : [await casesTicketed(tx, { no: ticketNo, day: ticketDay })]),
    ...(visitNumber === undefined ? [] : [await casesByVisit(tx, visitNumber)]),
  ]);
  const actor = name === undefined || actorIds === undefined ? undefined : { name, ids: actorIds };
  const by = (['actor', 'ticketNo', 'visitNumber'] as const).filter((field) => asked[field] !== undefined);
  const detail = { ...plain, caseIds, actorIds, ...(by.length > 0 && { by }) };
  return { filter: { ...plain, caseIds, actor }, detail: stated(detail) };
};

const casesByVisit = async (tx: Tx, visitNumber: string): Promise<readonly string[]> => {
  const visit = await findVisit(tx, visitNumber);
  return visit ? casesOfVisit(tx, visit.id) : [];
};

/** Those that every way of naming cases names; undefined where none was used. */
const meeting = (ways: readonly (readonly string[])[]): readonly string[] | undefined => {
  const [first, ...others] = ways;
  return first?.filter((id) => others.every((ids) => ids.includes(id)));
};

/** Without undefined, which canonical JSON refuses. */
const stated = (detail: object): Readonly<Record<string, unknown>> =>
  JSON.parse(JSON.stringify(detail)) as Readonly<Record<string, unknown>>;
