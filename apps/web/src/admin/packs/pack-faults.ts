import { type core } from 'zod';
import { triagePacksSchema } from '#libs/packs/pack.schema';

/** What kind of fault: the text of each is in `packs.json`. */
export type FaultKind =
  | 'band'
  | 'age'
  | 'ages'
  | 'points'
  | 'noScore'
  | 'twice'
  | 'twoPacks'
  | 'type'
  | 'unknownKey'
  | 'value'
  | 'range'
  | 'format'
  | 'wrong';

/** A fault of an edited set, and where it is. */
export interface PackFault {
  readonly path: string;
  readonly kind: FaultKind;
}

const byMessage: Readonly<Record<string, FaultKind>> = {
  'a band is a stretch of a scale or a list of words, and not empty': 'band',
  'the age range is empty': 'age',
  'each age needs exactly one table': 'ages',
  'some values have no points': 'points',
  'a rule reads a score that is not loaded': 'noScore',
  'a rule id stands twice': 'twice',
  'an indicator id stands twice': 'twice',
  'one id stands for two packs': 'twoPacks',
};

const byCode: Partial<Record<core.$ZodIssue['code'], FaultKind>> = {
  invalid_type: 'type',
  unrecognized_keys: 'unknownKey',
  invalid_value: 'value',
  too_small: 'range',
  too_big: 'range',
  not_multiple_of: 'range',
  invalid_format: 'format',
};

const pathsOf = (issue: core.$ZodIssue): string[] => {
  const path = issue.path.map(String);
  const keys = issue.code === 'unrecognized_keys' ? issue.keys : [null];
  return keys.map((key) => [...path, ...(key === null ? [] : [key])].join('.'));
};

/** What is wrong with an edited set, by the schema that the API checks it with; nothing when it may be stored. */
export const packFaults = (content: unknown): readonly PackFault[] => {
  const read = triagePacksSchema.safeParse(content);
  if (read.success) return [];
  return read.error.issues.flatMap((issue) =>
    pathsOf(issue).map((path) => ({ path, kind: byMessage[issue.message] ?? byCode[issue.code] ?? 'wrong' })),
  );
};

const before = 'content.';

/** What the API found wrong, from the paths of its refusal; what this page can name better keeps its name. */
export const refusedFaults = (paths: unknown, known: readonly PackFault[]): readonly PackFault[] =>
  (Array.isArray(paths) ? paths : [])
    .filter((path): path is string => typeof path === 'string' && path.startsWith(before))
    .map((path) => path.slice(before.length))
    .filter((path) => !known.some((fault) => fault.path === path))
    .map((path) => ({ path, kind: 'wrong' }));
