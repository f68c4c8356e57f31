import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { readEnvironment } from '#libs/config/environment';
import { isCountersignError } from '#libs/errors/errors';
import { repositoryRoot } from '#libs/embedded/repository';
import { textOf } from '#libs/embedded/start-error';
import { readJson } from '#libs/embedded/state-files';
import { banner, type DemoLogin } from './banner';
import { type Installation, startInstallation } from './installation';
import type { Env, StartOptions } from './start-options';

interface Flags {
  readonly fresh?: boolean;
  readonly port?: number;
}

/** Adds `countersign start`: everything that runs, under one supervisor, until a signal ends it. */
export const registerStart = (program: Command, defaults: Partial<StartOptions> = {}): void => {
  program
    .command('start')
    .description('start everything this installation needs, and keep it running until Ctrl-C')
    .option('--fresh', 'begin anew: remove the state of this installation first')
    .option('--port <number>', 'port of the API; an error when it is taken', portNumber)
    .action((flags: Flags) => run(flags, defaults));
};

/** The state folder: `COUNTERSIGN_STATE_DIR`, else `.countersign` in the checkout. */
export const stateFolderOf = (env: Env): string =>
  env['COUNTERSIGN_STATE_DIR'] || join(repositoryRoot(), '.countersign');

const run = async ({ fresh = false, port }: Flags, defaults: Partial<StartOptions>): Promise<void> => {
  const startedAt = performance.now();
  const ending = endingSignal();
  const env = readEnvironment();
  const options = { ...defaults, stateDir: stateFolderOf(env), env, fresh, signal: ending };
  try {
    console.log('Starting Countersign');
    const installation = await startInstallation({ ...options, ...(port !== undefined && { port }) });
    banner(outcomeOf(installation, (performance.now() - startedAt) / 1000)).forEach((line) => console.log(line));
    await aborted(ending);
    await installation.stop();
    console.log('Stopped. The state is kept.');
    process.exit(0);
  } catch (thrown) {
    if (!ending.aborted) console.error(`\n${isCountersignError(thrown) ? `${thrown.code}: ` : ''}${textOf(thrown)}`);
    process.exit(1);
  }
};

const outcomeOf = (installation: Installation, seconds: number) => ({
  address: installation.addresses.api,
  logins: readJson<DemoLogin[]>(join(installation.stateDir, 'demo-logins.json')) ?? [],
  stateDir: installation.stateDir,
  dataFolder: installation.dataFolder,
  seconds,
  demo: installation.env['COUNTERSIGN_PROFILE'] === 'demo',
});

/* Ctrl-C arrives twice under npm, which passes on what the terminal sent to us already: only the first counts. */
const endingSignal = (): AbortSignal => {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!controller.signal.aborted) console.log(`\nStopping (${signal}) …`);
      controller.abort();
    });
  }
  // When the terminal is gone, writing to it fails: that must not keep us from stopping in order.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => controller.abort());
  return controller.signal;
};

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve())));

const portNumber = (text: string): number => {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new InvalidArgumentError('a port is a number from 1 to 65535');
};
