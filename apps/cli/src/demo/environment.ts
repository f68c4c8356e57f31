import { variable, variableNames } from '#libs/config/environment-schema';
import { type Env } from '../start/start-options';

/* Where the programs of Temporal are, is of the machine and not of an installation. */
const ofTheMachine: readonly string[] = ['TEMPORAL_SERVER_DIR', 'LOG_LEVEL'];

/**
 * The environment of an installation that shares nothing with any other: every variable of the product is empty, which
 * also hides what a `.env` in the folder says.
 */
export const ownEnvironment = (env: Env): Env => {
  const names = variableNames.filter((name) => !ofTheMachine.includes(name));
  const hidden = names.flatMap((name) => (variable(name).secret ? [name, `${name}_FILE`] : [name]));
  return { ...env, ...Object.fromEntries(hidden.map((name) => [name, ''])) };
};

/** For an installation that a program plays on, faster than people: its few players stand for many. */
export const unpaced: Env = {
  API_PERSON_REQUESTS: '1000000',
  API_PERSON_REDRAFTS: '1000000',
  API_MACHINE_REQUESTS: '1000000',
};
