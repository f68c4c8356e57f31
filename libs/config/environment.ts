import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { type ConfigError, configError } from './config-error';
import { variable, type VariableName, variableNames } from './environment-schema';

/** Environment variables as a process gets them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads a file's text; throws when it cannot. */
export type ReadText = (path: string) => string;

/** The process's environment over what the folder's `.env` says; the only place of the product that reads it. */
export const readEnvironment = (folder: string = process.cwd()): Environment => {
  const file = join(folder, '.env');
  return { ...(existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}), ...process.env };
};

const given = (text: string | undefined): string | undefined => text?.trim() || undefined;

type Secret = { readonly text: string | undefined } | { readonly error: ConfigError };

const fromFile = (name: VariableName, path: string, readText: ReadText): Secret => {
  try {
    const text = given(readText(path));
    if (text !== undefined) return { text };
  } catch {
    // What the file system says names the path; the error below names the variable.
  }
  return {
    error: {
      ...configError(name, { en: 'the file is missing, unreadable or empty', zh: '文件缺失、不可读或为空' }),
      variable: `${name}_FILE`,
      example: `${name}_FILE=/run/secrets/${name.toLowerCase()}`,
    },
  };
};

const read = (env: Environment, name: VariableName, readText: ReadText): Secret => {
  const text = given(env[name]);
  const path = variable(name).secret ? given(env[`${name}_FILE`]) : undefined;
  if (path === undefined) return { text };
  if (text === undefined) return fromFile(name, path, readText);
  const rule = { en: `set either ${name} or ${name}_FILE, not both`, zh: `${name} 与 ${name}_FILE 只能设置一个` };
  return { error: configError(name, rule) };
};

/** The texts of our variables (empty counts as unset), with secrets read from their `_FILE` twins. */
export const textsOf = (
  env: Environment,
  readText: ReadText,
): { texts: Partial<Record<VariableName, string>>; errors: ConfigError[] } => {
  const texts: Partial<Record<VariableName, string>> = {};
  const errors: ConfigError[] = [];
  for (const name of variableNames) {
    const secret = read(env, name, readText);
    if ('error' in secret) errors.push(secret.error);
    else if (secret.text !== undefined) texts[name] = secret.text;
  }
  return { texts, errors };
};
