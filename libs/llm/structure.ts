import { isDeepStrictEqual } from 'node:util';
import { type z } from 'zod';
import { CountersignError } from '#libs/errors/errors';
import { stripInvisible } from './invisible';
import { type FailureReason, type RawAnswer, type RepairKind } from './outcome';
import { type Prompt } from './prompt';
import { findJson } from './repair';
import { isBilingual, isDegenerate, isInLanguage, saysNothing, textsOf } from './text-quality';

/** Version of everything in this file and below it, stored with each draft; raise it when a rule changes. */
export const VALIDATOR_VERSION = 'structure/2';

/** An answer read against its prompt's schema. `paths` name the schema's own properties only. */
export type Reading<T> =
  | { kind: 'valid'; value: T }
  | { kind: 'repaired'; value: T; repairs: readonly RepairKind[] }
  | { kind: 'rejected'; reason: FailureReason; paths: readonly string[] };

const MAX_PATHS = 20;

const rejected = (reason: FailureReason, paths: readonly string[] = []): Reading<never> => ({
  kind: 'rejected',
  reason,
  paths,
});

/** Every property name that the schema itself declares: the only names that may leave this file. */
const declaredNames = (schema: unknown, names = new Set<string>()): Set<string> => {
  if (typeof schema !== 'object' || schema === null) return names;
  const { properties } = schema as { properties?: unknown };
  if (typeof properties === 'object' && properties !== null) Object.keys(properties).forEach((key) => names.add(key));
  Object.values(schema).forEach((part) => declaredNames(part, names));
  return names;
};

const pathText = (path: readonly PropertyKey[], names: ReadonlySet<string>): string => {
  const parts = path.map((part) =>
    typeof part === 'number' ? `[${part}]` : names.has(String(part)) ? `.${String(part)}` : '.*',
  );
  return `$${parts.join('')}`;
};

const issuePaths = (issues: readonly z.core.$ZodIssue[], jsonSchema: unknown): string[] => {
  const names = declaredNames(jsonSchema);
  const flat = issues.map((issue) => pathText(issue.path, names));
  return [...new Set(flat)].slice(0, MAX_PATHS);
};

const qualityFault = <T>(value: unknown, prompt: Prompt<T>): FailureReason | null => {
  const texts = textsOf(value);
  if (isDegenerate(texts) || saysNothing(value)) return 'degenerate';
  const asked = prompt.language === undefined || isInLanguage(texts, prompt.language);
  return asked && isBilingual(value) ? null : 'wrong-language';
};

type Parsed<T> = ReturnType<Prompt<T>['schema']['safeParse']>;

const parse = <T>(value: unknown, prompt: Prompt<T>): Parsed<T> => {
  try {
    return prompt.schema.safeParse(value);
  } catch {
    // A refinement of ours is broken. Its own error may quote the answer: only the prompt’s name goes on.
    throw new CountersignError('INTERNAL', { promptId: prompt.id, fault: 'schema-threw' });
  }
};

const readValue = <T>(value: unknown, repairs: readonly RepairKind[], prompt: Prompt<T>): Reading<T> => {
  const parsed = parse(value, prompt);
  if (!parsed.success) return rejected('schema', issuePaths(parsed.error.issues, prompt.jsonSchema));
  // A schema that coerces, defaults or drops unknown keys would change the answer behind everybody's back.
  if (!isDeepStrictEqual(parsed.data, value)) return rejected('coerced');
  const fault = qualityFault(value, prompt);
  if (fault !== null) return rejected(fault);
  return repairs.length === 0
    ? { kind: 'valid', value: parsed.data }
    : { kind: 'repaired', value: parsed.data, repairs };
};

/**
 * Classifies a complete answer as valid, repaired (recorded) or rejected; nothing is coerced, guessed or cut out of
 * prose. A fault of the text is a value; only a schema of ours that throws by itself throws.
 */
export const readAnswer = <T>(answer: RawAnswer, prompt: Prompt<T>): Reading<T> => {
  const found = findJson(answer);
  if (!found.ok) return rejected(found.reason);
  const visible = stripInvisible(found.value);
  const repairs: readonly RepairKind[] =
    visible.removed > 0 ? [...found.repairs, 'invisible-characters'] : found.repairs;
  return readValue(visible.value, repairs, prompt);
};
