import { type Config } from '#libs/config/config';
import { formatConfigErrors } from '#libs/config/config-error';
import { readEnvironment } from '#libs/config/environment';
import { loadConfig } from '#libs/config/load-config';
import { type Part } from '#libs/config/parts';

/** The configuration of a part; prints everything that is wrong with it at once and ends with code 2 otherwise. */
export const loadOrExit = <P extends Part>(part: P): Config<P> => {
  const loaded = loadConfig(readEnvironment(), { part });
  if (loaded.ok) return loaded.config;
  console.error(`The configuration is not complete:\n${formatConfigErrors(loaded.errors)}`);
  process.exit(2);
};
