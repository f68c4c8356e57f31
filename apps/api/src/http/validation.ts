import { StandardSchemaValidationPipe } from '@nestjs/common';
import { CountersignError } from '#libs/errors/errors';

interface Issue {
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

const segment = (part: PropertyKey | { readonly key: PropertyKey }): string =>
  String(typeof part === 'object' ? part.key : part);

/** Where a value does not fit its schema; the paths only, since messages and keys of others may quote what was sent. */
export const pathsOf = (issues: readonly Issue[]): string[] =>
  [...new Set(issues.map(({ path }) => (path ?? []).map(segment).join('.').slice(0, 200)))].slice(0, 50);

/** Checks bodies, queries and parameters against the zod schema their decorator names. */
export const validationPipe = (): StandardSchemaValidationPipe =>
  new StandardSchemaValidationPipe({
    exceptionFactory: (issues) => new CountersignError('VALIDATION_FAILED', { paths: pathsOf(issues) }),
  });
