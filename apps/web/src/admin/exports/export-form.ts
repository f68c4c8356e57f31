import { type ProcessName } from '#libs/processes/index';
import { instantOf } from '../local-time';
import { type ExportAsk } from './export';

/** What is to be exported, as it is typed; times are those of the hospital's clock. */
export interface ExportForm {
  readonly kind: 'queue-history' | 'agreement';
  readonly from: string;
  readonly to: string;
  readonly wardId: string;
  readonly process: ProcessName;
}

/** What is wrong with the form; null where it may be counted. */
export const exportFault = ({ from, to }: ExportForm): 'times' | null =>
  from !== '' && to !== '' && from >= to ? 'times' : null;

/** The rows a form asks for. */
export const exportAsk = (form: ExportForm, timeZone: string): ExportAsk => {
  const [from, to] = [instantOf(form.from, timeZone), instantOf(form.to, timeZone)];
  const period = { ...(from !== null && { from }), ...(to !== null && { to }) };
  return form.kind === 'agreement'
    ? { kind: 'agreement', filter: { process: form.process, ...period } }
    : { kind: 'queue-history', filter: { ...period, ...(form.wardId && { wardId: form.wardId }) } };
};
