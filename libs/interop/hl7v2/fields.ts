import type { Hl7Segment } from '@medplum/core';
import { decodeEscapes, type Encoding } from './escapes';
import { splitAt } from './separators';

/** A value of a message: there, explicitly to be deleted (`""`), or not mentioned (no change). */
export type Hl7Value<T> =
  { readonly state: 'present'; readonly value: T } | { readonly state: 'delete' } | { readonly state: 'absent' };

/** One repetition of a field: components, each with its subcomponents, escapes decoded; null is an unescaped `""`. */
export type Repetition = readonly (readonly (string | null)[])[];

/** The value that says nothing. */
export const absent = { state: 'absent' } as const;

/** A value that is there. */
export const present = <T>(value: T): Hl7Value<T> => ({ state: 'present', value });

/** The value, or undefined when it is to be deleted or not mentioned. */
export const valueOf = <T>(value: Hl7Value<T>): T | undefined => (value.state === 'present' ? value.value : undefined);

const decodeSubcomponent = (raw: string, encoding: Encoding): string | null =>
  raw.trim() === '""' ? null : decodeEscapes(raw, encoding).trim();

/** The repetitions of a field; none when the segment or the field is not there. */
export const repetitionsOf = (segment: Hl7Segment | undefined, field: number, encoding: Encoding): Repetition[] =>
  (segment?.getField(field)?.components ?? []).map((components) =>
    components.map((raw) =>
      splitAt(raw, encoding.separators.subcomponent).map((part) => decodeSubcomponent(part, encoding)),
    ),
  );

/** Whether a field is filled, deleted (`""` first and nothing else in it) or empty. */
export const stateOf = (repetitions: readonly Repetition[]): Hl7Value<never>['state'] => {
  const texts = repetitions.flat(2);
  if (texts.some((text) => text !== null && text !== '')) return 'present';
  return texts[0] === null ? 'delete' : 'absent';
};

/** Text of a component (and subcomponent), both counted from 1; undefined when empty or deleted. */
export const textOf = (repetition: Repetition | undefined, component: number, subcomponent = 1): string | undefined =>
  repetition?.[component - 1]?.[subcomponent - 1] || undefined;

/** A field read as a whole; what yields nothing usable counts as not mentioned. */
export const readField = <T>(
  repetitions: readonly Repetition[],
  read: (repetitions: readonly Repetition[]) => T | undefined,
): Hl7Value<T> => {
  const state = stateOf(repetitions);
  if (state !== 'present') return { state };
  const value = read(repetitions);
  return value === undefined ? absent : present(value);
};
