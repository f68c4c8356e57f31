import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from '#libs/embedded/state-files';
import { REHEARSAL_MODEL } from '#libs/llm/rehearsal/server';
import { type Secrets } from '#libs/embedded/state-folder';
import { ledgerNames } from '../start/embedded-site';
import { childEnvironment, embeddedParts, type Findings, profileOf } from '../start/environment';
import { type Env } from '../start/start-options';
import { stateFolderOf } from '../start/start.command';

type Ports = Partial<Record<'postgres' | 'temporal-frontend' | 'rehearsal' | 'api', number>>;

/**
 * What a command needs to reach the installation of this checkout: the given environment and, for the parts that a start
 * embeds, where its state folder says they are. Says nothing of whether they run. Production is left as it is given.
 */
export const installationEnvironment = (env: Env): Env => {
  const stateDir = stateFolderOf(env);
  const secrets = readJson<Secrets>(join(stateDir, 'secrets.json'));
  if (profileOf(env) !== 'demo' || !secrets) return env;
  const ports = readJson<Ports>(join(stateDir, 'ports.json')) ?? {};
  return childEnvironment(env, {
    COUNTERSIGN_STATE_DIR: stateDir,
    ...embeddedFindings(env, secrets, ports),
    ...kek(env, stateDir),
  });
};

const embeddedFindings = (env: Env, { owner, app }: Secrets, ports: Ports): Findings => {
  const needed = embeddedParts(env);
  const database = (role: string, password: string): string =>
    `postgresql://${role}:${password}@127.0.0.1:${ports.postgres}/${ledgerNames.database}`;
  return {
    ...(needed.database &&
      ports.postgres && {
        DATABASE_URL: database(ledgerNames.app, app),
        DATABASE_MIGRATION_URL: database(ledgerNames.owner, owner),
      }),
    ...(needed.temporal &&
      ports['temporal-frontend'] && { TEMPORAL_ADDRESS: `127.0.0.1:${ports['temporal-frontend']}` }),
    ...(needed.model &&
      ports.rehearsal && {
        DEEPSEEK_BASE_URL: `http://127.0.0.1:${ports.rehearsal}/v1`,
        DEEPSEEK_MODEL: env['DEEPSEEK_MODEL'] || REHEARSAL_MODEL,
      }),
    ...(!env['API_PORT'] && ports.api && { API_PORT: String(ports.api) }),
  };
};

const kek = (env: Env, stateDir: string): Findings => {
  const file = join(stateDir, 'kek');
  return !env['COUNTERSIGN_KEK_FILE'] && existsSync(file) ? { COUNTERSIGN_KEK_FILE: file } : {};
};
