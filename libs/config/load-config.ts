import { readFileSync } from 'node:fs';
import { type Config, configOf } from './config';
import { type ConfigError, configError } from './config-error';
import { type Environment, type ReadText, textsOf } from './environment';
import { environmentSchema, type Values, variableNames } from './environment-schema';
import type { Part } from './parts';
import { brokenRules, type Readable } from './rules';

/** The configuration, or everything that is wrong with it at once. */
export type LoadedConfig<P extends Part> =
  { readonly ok: true; readonly config: Config<P> } | { readonly ok: false; readonly errors: readonly ConfigError[] };

const readVariables = (texts: Partial<Record<string, string>>): { values: Readable; errors: ConfigError[] } => {
  const values: Record<string, unknown> = {};
  const errors: ConfigError[] = [];
  for (const name of variableNames) {
    const outcome = environmentSchema.shape[name].safeParse(texts[name]);
    if (outcome.success) values[name] = outcome.data;
    else errors.push(configError(name));
  }
  return { values, errors };
};

const firstOfEach = (errors: readonly ConfigError[]): ConfigError[] => {
  const bare = (error: ConfigError): string => error.variable.replace(/_FILE$/, '');
  return errors.filter((error, at) => errors.findIndex((other) => bare(other) === bare(error)) === at);
};

/** Reads and checks the configuration of one part. Errors name variable, rule and example, never a value. */
export const loadConfig = <P extends Part>(
  env: Environment,
  { part, readText = (path) => readFileSync(path, 'utf8') }: { part: P; readText?: ReadText },
): LoadedConfig<P> => {
  const { texts, errors: unread } = textsOf(env, readText);
  const { values, errors: invalid } = readVariables(texts);
  const errors = firstOfEach([...unread, ...invalid, ...brokenRules(values, part)]);
  if (errors.length > 0) return { ok: false, errors };
  // Without errors every variable was read, and everything the part needs is there.
  return { ok: true, config: configOf(values as Values, part) as Config<P> };
};
