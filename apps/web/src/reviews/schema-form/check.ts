import { config, fromJSONSchema, type core } from 'zod';
import { type JsonSchema } from './field-spec';

// The page may not make code out of text: its policy refuses that, and the browser would complain of the attempt.
config({ jitless: true });

/** What is wrong with a field, by a name that its text has, and the bound that it broke. */
export interface Fault {
  readonly code: 'required' | 'number' | 'choice' | 'short' | 'long' | 'small' | 'big' | 'few' | 'many' | 'form';
  readonly bound?: number;
}

/** A content that fits its schema, or what is wrong by the place in it (`items.0.dose`). */
export type Checked =
  | { readonly fits: true; readonly content: Readonly<Record<string, unknown>> }
  | { readonly fits: false; readonly faults: Readonly<Record<string, Fault>> };

/** The check of a schema: the API checks by the same one. */
export const checkBy = (schema: JsonSchema): ((content: unknown) => Checked) => {
  const known = fromJSONSchema(schema as Parameters<typeof fromJSONSchema>[0]);
  return (content) => {
    const parsed = known.safeParse(content);
    if (parsed.success) return { fits: true, content: parsed.data as Readonly<Record<string, unknown>> };
    const faults = parsed.error.issues.flatMap((issue) => leaves(issue)).toReversed();
    const named = faults.map(({ path, ...issue }) => [
      path.join('.'),
      faultOf(issue as core.$ZodIssue, at(content, path)),
    ]);
    return { fits: false, faults: Object.fromEntries(named) as Readonly<Record<string, Fault>> };
  };
};

/* A choice between shapes (a text or nothing) says what is wrong with the first of them. */
const leaves = (issue: core.$ZodIssue): readonly core.$ZodIssue[] => {
  const [first] = issue.code === 'invalid_union' ? issue.errors : [];
  return first ? first.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })) : [issue];
};

const at = (content: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, name) => (value as Readonly<Record<PropertyKey, unknown>> | undefined)?.[name], content);

const faultOf = (issue: core.$ZodIssue, value: unknown): Fault => {
  if (value === undefined || value === null || value === '') return { code: 'required' };
  if (issue.code === 'too_small') return tooSmall(issue.origin, Number(issue.minimum));
  if (issue.code === 'too_big') return tooBig(issue.origin, Number(issue.maximum));
  if (issue.code === 'invalid_value') return { code: 'choice' };
  if (issue.code !== 'invalid_type') return { code: 'form' };
  return { code: ['number', 'int'].includes(issue.expected) ? 'number' : 'form' };
};

const tooSmall = (origin: string, bound: number): Fault => {
  if (origin === 'string') return { code: 'short', bound };
  return { code: origin === 'array' ? 'few' : 'small', bound };
};

const tooBig = (origin: string, bound: number): Fault => {
  const codes: Readonly<Record<string, Fault['code']>> = { string: 'long', array: 'many' };
  return { code: codes[origin] ?? 'big', bound };
};
