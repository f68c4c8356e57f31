import { type Asked } from '../../api/types';
import { instantOf } from '../local-time';

/** A search of the audit as the API takes it; it is kept on the page and stands in no address of the browser. */
export type AuditFilter = Omit<Asked<'/api/admin/audit'>, 'limit' | 'cursor'>;

/** The fields as they are typed; the person is chosen from a row. */
export interface AuditForm {
  readonly from: string;
  readonly to: string;
  readonly action: string;
  readonly outcome: string;
  readonly caseId: string;
  readonly actor: { readonly id: string; readonly name: string } | null;
}

/** The fields that are typed as text. */
export type TextField = 'from' | 'to' | 'action' | 'caseId';

/** Nothing asked for: everything, newest first. */
export const emptyForm: AuditForm = { from: '', to: '', action: '', outcome: '', caseId: '', actor: null };

/** A field that is not as it must be. */
export type AuditFault = 'times' | 'case' | 'action';

const caseForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const actionForm = /^[A-Za-z][A-Za-z0-9 ./:-]*$/;

const given = (value: string): string | undefined => (value.trim() === '' ? undefined : value.trim());

const misfits = (value: string, form: RegExp): boolean => value.trim() !== '' && !form.test(value.trim());

/** What is wrong with what was typed; nothing when it may be searched. */
export const auditFaults = (form: AuditForm): readonly AuditFault[] => [
  ...(form.from !== '' && form.to !== '' && form.from >= form.to ? (['times'] as const) : []),
  ...(misfits(form.caseId, caseForm) ? (['case'] as const) : []),
  ...(misfits(form.action, actionForm) ? (['action'] as const) : []),
];

/** What is searched for, from what was typed; times are those of the hospital. */
export const auditFilter = (form: AuditForm, timeZone: string): AuditFilter => {
  const filter = {
    from: instantOf(form.from, timeZone) ?? undefined,
    to: instantOf(form.to, timeZone) ?? undefined,
    action: given(form.action),
    outcome: given(form.outcome) as AuditFilter['outcome'],
    caseId: given(form.caseId),
    actorId: form.actor?.id,
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as AuditFilter;
};
