import { z } from 'zod';
import type { Bilingual } from './bilingual';
import type { Kind } from './kinds';

/** What a variable is for, as `.env.example` and the documentation show it. */
export interface VariableDoc {
  readonly about: Bilingual;
  readonly example: string;
  /** A secret has a twin with `_FILE` behind its name, is hidden by `config print` and has no example worth keeping. */
  readonly secret?: true;
}

/** One environment variable: how it is read, its rule and its documentation. */
export interface Variable<T> extends VariableDoc {
  readonly schema: z.ZodType<T, string | undefined>;
  readonly rule: Bilingual;
  readonly fallback?: string;
}

/** A variable that may be absent. */
export const optional = <T>({ schema, rule }: Kind<T>, doc: VariableDoc): Variable<T | undefined> => ({
  ...doc,
  rule,
  schema: schema.optional(),
});

/** A variable with a value of ours where none is given. */
export const defaulted = <T>({ schema, rule }: Kind<T>, doc: VariableDoc & { fallback: string }): Variable<T> => ({
  ...doc,
  rule,
  schema: z.string().default(doc.fallback).pipe(schema),
});
