import { type Sent } from '../../api/types';
import { instantOf } from '../local-time';

/** A search of the audit as the API takes it; it is kept on the page and stands in no address of the browser. */
export type AuditFilter = Omit<Sent<'/api/admin/audit/searches'>, 'limit' | 'cursor'>;

/** The fields as they are typed; `actor` is chosen from a row, `who` is a name or an account. */
export interface AuditForm {
  readonly from: string;
  readonly to: string;
  readonly action: string;
  readonly outcome: string;
  readonly caseId: string;
  readonly who: string;
  readonly ticketNo: string;
  readonly ticketDay: string;
  readonly visitNumber: string;
  readonly actor: { readonly id: string; readonly name: string } | null;
}

/** The fields that are typed as text. */
export type TextField = Exclude<keyof AuditForm, 'outcome' | 'actor'>;

/** Nothing asked for: everything, newest first. */
export const emptyForm: AuditForm = {
  from: '',
  to: '',
  action: '',
  outcome: '',
  caseId: '',
  who: '',
  ticketNo: '',
  ticketDay: '',
  visitNumber: '',
  actor: null,
};

/** A field that is not as it must be. */
export type AuditFault = 'times' | 'case' | 'action' | 'ticket';

const caseForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const actionForm = /^[A-Za-z][A-Za-z0-9 ./:-]*$/;

const given = (value: string): string | undefined => (value.trim() === '' ? undefined : value.trim());

const misfits = (value: string, form: RegExp): boolean => value.trim() !== '' && !form.test(value.trim());

/* A number is drawn anew every day, so it names a case only together with its day. */
const isHalfTicket = ({ ticketNo, ticketDay }: AuditForm): boolean =>
  (ticketNo.trim() === '') !== (ticketDay === '') || misfits(ticketNo, /^[1-9]\d{0,5}$/);

/** What is wrong with what was typed; nothing when it may be searched. */
export const auditFaults = (form: AuditForm): readonly AuditFault[] => [
  ...(form.from !== '' && form.to !== '' && form.from >= form.to ? (['times'] as const) : []),
  ...(misfits(form.caseId, caseForm) ? (['case'] as const) : []),
  ...(misfits(form.action, actionForm) ? (['action'] as const) : []),
  ...(isHalfTicket(form) ? (['ticket'] as const) : []),
];

/** What is searched for, from what was typed; times are those of the hospital. */
export const auditFilter = (form: AuditForm, timeZone: string): AuditFilter => {
  const filter = {
    from: instantOf(form.from, timeZone) ?? undefined,
    to: instantOf(form.to, timeZone) ?? undefined,
    actionPrefix: given(form.action),
    outcome: given(form.outcome) as AuditFilter['outcome'],
    caseId: given(form.caseId),
    actorId: form.actor?.id,
    actor: given(form.who),
    ...(form.ticketNo.trim() !== '' && { ticketNo: Number(form.ticketNo), ticketDay: form.ticketDay }),
    visitNumber: given(form.visitNumber),
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as AuditFilter;
};
