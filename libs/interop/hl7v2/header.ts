import type { Charset } from './charset';
import { decodeEscapes, type Encoding } from './escapes';
import type { Hl7Problem } from './problem';
import { readSeparators, splitAt } from './separators';

/** Fields of MSH exactly as sent, for the answer: MSH-3 to MSH-6, MSH-10 and a known MSH-18. */
export interface HeaderEcho {
  readonly sendingApplication: string;
  readonly sendingFacility: string;
  readonly receivingApplication: string;
  readonly receivingFacility: string;
  readonly controlId: string;
  readonly charset: string;
}

/** What MSH says, as far as routing, idempotency and the answer need it; an absent value is ''. Never patient data. */
export interface Hl7Header {
  readonly encoding: Encoding;
  readonly echo: HeaderEcho;
  /** MSH-3: its components joined by ^. */
  readonly sendingApplication: string;
  /** MSH-4: its components joined by ^. */
  readonly sendingFacility: string;
  readonly messageCode: string;
  readonly triggerEvent: string;
  readonly controlId: string;
  readonly processingId: string;
  readonly version: string;
}

const component = (raw: string, number: number, encoding: Encoding): string => {
  const first = splitAt(raw, encoding.separators.repetition)[0] ?? '';
  const text = decodeEscapes(splitAt(first, encoding.separators.component)[number - 1] ?? '', encoding).trim();
  return text === '""' ? '' : text;
};

const hierarchic = (raw: string, encoding: Encoding): string =>
  [1, 2, 3]
    .map((number) => component(raw, number, encoding))
    .join('^')
    .replace(/\^+$/, '');

// A control character would end a segment or a frame of the answer early; what is longer than HL7 allows is no name.
const printable = (raw: string): string => (raw.length > 250 ? '' : raw.replace(/\p{Cc}/gu, ''));

const echoOf = (raw: (number: number) => string, charset: string): HeaderEcho => ({
  sendingApplication: printable(raw(3)),
  sendingFacility: printable(raw(4)),
  receivingApplication: printable(raw(5)),
  receivingFacility: printable(raw(6)),
  controlId: printable(raw(10)),
  charset,
});

/** A reader of the raw fields of an MSH segment by their HL7 number (from 3). */
export const rawHeaderField = (msh: string): ((number: number) => string) => {
  const fields = msh.split(msh.charAt(3));
  return (number) => fields[number - 1] ?? '';
};

/** The header in an MSH segment, or undefined when MSH-1 and MSH-2 give no separators. */
export const readHeader = (msh: string, charset: Charset, declaredCharset = ''): Hl7Header | undefined => {
  const separators = readSeparators(msh);
  if (separators === undefined) return undefined;
  const encoding: Encoding = { separators, charset };
  const raw = rawHeaderField(msh);
  return {
    encoding,
    echo: echoOf(raw, declaredCharset),
    sendingApplication: hierarchic(raw(3), encoding),
    sendingFacility: hierarchic(raw(4), encoding),
    messageCode: component(raw(9), 1, encoding),
    triggerEvent: component(raw(9), 2, encoding),
    controlId: decodeEscapes(raw(10), encoding),
    processingId: component(raw(11), 1, encoding),
    version: component(raw(12), 1, encoding),
  };
};

const controlIdForm = /^[^\p{Cc}\uFFFD]{1,199}$/u;

/** Whether a control id can be stored, compared and given back. */
export const isControlId = (text: string): boolean => text.trim() !== '' && text !== '""' && controlIdForm.test(text);

/** What keeps a message of any type from being stored once and answered: its control id or its type. */
export const headerProblem = (header: Hl7Header): Hl7Problem | undefined => {
  if (['', '""'].includes(header.controlId.trim())) return { code: '101', reason: 'field-missing', path: 'MSH-10' };
  if (!isControlId(header.controlId)) return { code: '102', reason: 'datatype-malformed', path: 'MSH-10' };
  if (header.messageCode === '') return { code: '101', reason: 'field-missing', path: 'MSH-9' };
  if (!/^[A-Z][A-Z0-9]{2}$/.test(header.messageCode))
    return { code: '200', reason: 'message-type-malformed', path: 'MSH-9.1' };
  return undefined;
};
