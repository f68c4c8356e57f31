import { type Config } from '#libs/config/config';
import { type ConfigError, formatConfigErrors } from '#libs/config/config-error';
import { readEnvironment } from '#libs/config/environment';
import { loadConfig } from '#libs/config/load-config';
import { type Part } from '#libs/config/parts';

/** The configuration of a part; prints everything that is wrong with it at once and ends with code 2 otherwise. */
export const loadOrExit = <P extends Part>(part: P): Config<P> => {
  const loaded = loadConfig(readEnvironment(), { part });
  return loaded.ok ? loaded.config : exitWith(loaded.errors);
};

/** Prints what is wrong with the configuration and ends with code 2. */
export const exitWith = (errors: readonly ConfigError[]): never => {
  console.error(`The configuration is not complete:\n${formatConfigErrors(errors)}`);
  process.exit(2);
};
