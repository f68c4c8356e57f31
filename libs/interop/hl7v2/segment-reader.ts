import type { Hl7Segment } from '@medplum/core';
import type { Encoding } from './escapes';
import {
  absent,
  type Hl7Value,
  present,
  readField,
  type Repetition,
  repetitionsOf,
  stateOf,
  textOf,
  valueOf,
} from './fields';
import type { Hl7Problem } from './problem';

/** Where what is wrong with a message is gathered: all of it at once, so that the sender mends it once. */
export interface Findings {
  readonly problems: Hl7Problem[];
  readonly warnings: Hl7Problem[];
}

/** A segment with what is needed to read it; a segment that is not there reads as all absent. */
export interface SegmentReader {
  readonly name: string;
  readonly segment: Hl7Segment | undefined;
  readonly encoding: Encoding;
  readonly findings: Findings;
  /** Where malformed optional values go. */
  readonly optional: keyof Findings;
}

/** How a coded or formatted text is understood, and the code that says it was not. */
export interface Check<T> {
  readonly code: '102' | '103';
  readonly parse: (text: string) => T | undefined;
  /** A value whose loss would change what the event means: malformed always refuses. */
  readonly strict?: boolean;
}

const repetitions = (reader: SegmentReader, field: number): Repetition[] =>
  repetitionsOf(reader.segment, field, reader.encoding);

const pathOf = (reader: SegmentReader, field: number): string => `${reader.name}-${field}`;

/** A field of a composite type. */
export const composite = <T>(
  reader: SegmentReader,
  field: number,
  read: (repetitions: readonly Repetition[]) => T | undefined,
): Hl7Value<T> => readField(repetitions(reader, field), read);

/** The text of a field's first component. */
export const plain = (reader: SegmentReader, field: number): Hl7Value<string> =>
  composite(reader, field, ([first]) => textOf(first, 1));

/** The code of a coded field, or its text where it has no code. */
export const coded = (reader: SegmentReader, field: number): Hl7Value<string> =>
  composite(reader, field, ([first]) => textOf(first, 2) ?? textOf(first, 1));

/** The first component of a field, understood by the check; what it refuses is a finding and reads as absent. */
export const checked = <T>(reader: SegmentReader, field: number, check: Check<T>): Hl7Value<T> => {
  const text = plain(reader, field);
  if (text.state !== 'present') return text;
  const value = check.parse(text.value);
  if (value !== undefined) return present(value);
  reader.findings[check.strict ? 'problems' : reader.optional].push({
    code: check.code,
    reason: check.code === '103' ? 'value-unknown' : 'datatype-malformed',
    path: pathOf(reader, field),
  });
  return absent;
};

const missing = (reader: SegmentReader, field: number): void => {
  reader.findings.problems.push({ code: '101', reason: 'field-missing', path: pathOf(reader, field) });
};

/** Notes a required field whose first component is empty, or that is nothing but an order to delete it. */
export const requireText = (reader: SegmentReader, field: number): void => {
  if (reader.segment !== undefined && plain(reader, field).state !== 'present') missing(reader, field);
};

/** Notes a required field that says nothing at all; `""`, "there is none", is an answer. */
export const requireAnswer = (reader: SegmentReader, field: number): void => {
  if (reader.segment !== undefined && stateOf(repetitions(reader, field)) === 'absent') missing(reader, field);
};

/** A composite field without which the message cannot be used; noted when it yields nothing. */
export const requireComposite = <T>(
  reader: SegmentReader,
  field: number,
  read: (repetitions: readonly Repetition[]) => T | undefined,
): T | undefined => {
  const value = valueOf(composite(reader, field, read));
  if (reader.segment !== undefined && value === undefined) missing(reader, field);
  return value;
};
