import { randomBytes } from 'node:crypto';
import { encodeBytes } from './charset';
import { encodeEscapes, rewriteField } from './escapes';
import type { Hl7Header } from './header';
import { errorTexts, type Hl7ErrorCode, type Hl7Problem, problemReasons } from './problem';
import { encodingCharacters, isComplete, type Separators, standardSeparators } from './separators';
import { formatTimestamp } from './timestamp';

/** How a message ended, as the intake decided it. */
export type AckOutcome =
  | { readonly kind: 'applied'; readonly warnings?: readonly Hl7Problem[] }
  | { readonly kind: 'ignored' }
  /** The same control id with the same bytes: it has been taken already. */
  | { readonly kind: 'duplicate' }
  /** The same control id with other bytes. */
  | { readonly kind: 'control-id-reused' }
  | { readonly kind: 'refused'; readonly problems: readonly Hl7Problem[] };

/** MSA-1 and what the ERR segments say. */
export interface AckAnswer {
  readonly code: 'AA' | 'AE' | 'AR';
  readonly errors: readonly (Hl7Problem & { readonly severity: 'E' | 'W' })[];
}

/** Codes of which the message itself is not at fault, or that no change of its content would mend. */
const rejecting: readonly Hl7ErrorCode[] = ['200', '201', '202', '203', '206', '207'];

const refusal = (problems: readonly Hl7Problem[]): AckAnswer => ({
  code: problems.some((problem) => rejecting.includes(problem.code)) ? 'AR' : 'AE',
  errors: problems.map((problem) => ({ ...problem, severity: 'E' })),
});

/** The answer to an outcome: AA applied, ignored, repeated; AE to be mended by the sender; AR wrong kind, or send again. */
export const ackFor = (outcome: AckOutcome): AckAnswer => {
  switch (outcome.kind) {
    case 'applied':
      return { code: 'AA', errors: (outcome.warnings ?? []).map((warning) => ({ ...warning, severity: 'W' })) };
    case 'ignored':
    case 'duplicate':
      return { code: 'AA', errors: [] };
    case 'control-id-reused':
      return refusal([{ code: '205', reason: 'control-id-reused', path: 'MSH-10' }]);
    case 'refused':
      return refusal(outcome.problems);
  }
};

/** Who answers, when, and under which control id of its own. */
export interface AckOptions {
  readonly now: Date;
  /** IANA name of the zone MSH-7 is written in. */
  readonly timeZone: string;
  readonly controlId: string;
  /** MSH-3 of the answer where the message did not say whom it addressed. */
  readonly application?: string;
}

/** An acknowledgement as text (segments end with CR) and as bytes in the character set of the message. */
export interface Ack {
  readonly code: AckAnswer['code'];
  readonly controlId: string;
  readonly text: string;
  readonly bytes: Buffer;
}

/** A control id for an answer: 20 hex digits, the longest that version 2.5.1 allows. */
export const newControlId = (): string => randomBytes(10).toString('hex');

interface Writer {
  readonly separators: Required<Separators>;
  /** A field of the message, as it was sent if the answer has the same separators. */
  readonly echo: (field: keyof Hl7Header['echo']) => string;
  /** A field of our own, from its components. */
  readonly field: (...components: readonly string[]) => string;
}

const writerFor = (header: Hl7Header | undefined): Writer => {
  const theirs = header?.encoding.separators;
  const separators = theirs && isComplete(theirs) ? theirs : standardSeparators;
  return {
    separators,
    echo: (field) => {
      const raw = header?.echo[field] ?? '';
      return separators === theirs || header === undefined ? raw : rewriteField(raw, header.encoding, separators);
    },
    field: (...components) =>
      components.map((component) => encodeEscapes(component, separators)).join(separators.component),
  };
};

const segment = (writer: Writer, fields: readonly string[]): string => fields.join(writer.separators.field);

const messageType = (header: Hl7Header | undefined): string[] =>
  header && /^[A-Z]\d{2}$/.test(header.triggerEvent) ? ['ACK', header.triggerEvent, 'ACK'] : ['ACK'];

const processingId = (header: Hl7Header | undefined): string =>
  header && ['P', 'T', 'D'].includes(header.processingId) ? header.processingId : 'P';

const mshOf = (writer: Writer, header: Hl7Header | undefined, options: AckOptions): string => {
  const { field, echo } = writer;
  const fields = [
    'MSH',
    encodingCharacters(writer.separators),
    echo('receivingApplication') || field(options.application ?? 'COUNTERSIGN'),
    echo('receivingFacility'),
    echo('sendingApplication'),
    echo('sendingFacility'),
    field(formatTimestamp(options.now, options.timeZone)),
    '',
    field(...messageType(header)),
    field(options.controlId),
    field(processingId(header)),
    field('2.5.1'),
  ];
  const charset = echo('charset');
  return segment(writer, charset === '' ? fields : [...fields, '', '', '', '', '', charset]);
};

/** ERL: segment, its sequence, field, repetition, component. */
const locationOf = (path: string | undefined): string[] => {
  const place = /^(?<name>[A-Z0-9]{3})(?:-(?<field>\d+)(?:\.(?<part>\d+))?)?$/.exec(path ?? '')?.groups;
  if (place?.['name'] === undefined) return [];
  const { name, field, part } = place;
  if (field === undefined) return [name, '1'];
  return part === undefined ? [name, '1', field] : [name, '1', field, '1', part];
};

const errOf = (writer: Writer, error: AckAnswer['errors'][number]): string =>
  segment(writer, [
    'ERR',
    '',
    writer.field(...locationOf(error.path)),
    writer.field(error.code, errorTexts[error.code], 'HL70357'),
    writer.field(error.severity),
    '',
    '',
    '',
    writer.field(problemReasons[error.reason]),
  ]);

/**
 * The acknowledgement of a message (2.5.1, original mode) for a parsed message or a parse failure: sender and receiver
 * swapped, MSA-2 as sent, its separators and character set where they can be used. It repeats nothing but MSH fields.
 */
export const buildAck = (request: { readonly header?: Hl7Header }, answer: AckAnswer, options: AckOptions): Ack => {
  const { header } = request;
  const writer = writerFor(header);
  const lines = [
    mshOf(writer, header, options),
    segment(writer, ['MSA', writer.field(answer.code), header === undefined ? '' : writer.echo('controlId')]),
    ...answer.errors.map((error) => errOf(writer, error)),
  ];
  const text = lines.map((line) => `${line}\r`).join('');
  const charset = header?.encoding.charset ?? 'utf-8';
  return { code: answer.code, controlId: options.controlId, text, bytes: encodeBytes(text, charset) };
};
