import { REHEARSAL_MODEL } from '#libs/llm/rehearsal/server';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findTemporal } from '#libs/embedded/temporal-binary';
import type { Postgres } from '#libs/embedded/postgres';
import { textOf } from '#libs/embedded/start-error';
import { writePrivateJson } from '#libs/embedded/state-files';
import { supervise } from '#libs/embedded/supervise';
import type { TemporalBinaries } from '#libs/embedded/temporal-program';
import { readDemoServiceAccount } from '../seed/demo-files';
import { embedPostgres, embedTemporal, makeLedger, provideKek } from './embedded-site';
import { embeddedParts, profileOf } from './environment';
import { timed } from './progress';
import type { ProgramName, StepName } from './programs';
import { chooseOtherPorts, choosePorts, portOf } from './service-ports';
import { runStep, servicePart } from './service-part';
import { found, type Site } from './site';
import { without } from './start-options';

/** Says that this installation's waiting room was filled once; patients who leave it are not replaced. */
const roomMarker = 'waiting-room.json';

/** Starts everything in the order in which one needs the other; whatever does not, beside each other. */
export const bringUp = async (site: Site): Promise<void> => {
  const { env, stateDir } = site.options;
  const needed = embeddedParts(env);
  const withTemporal = needed.temporal && !without(site.options, 'temporal');
  found(site, { COUNTERSIGN_PROFILE: profileOf(env), COUNTERSIGN_STATE_DIR: stateDir });
  // A model of the hospital's own: patient text must not be able to go elsewhere. (In production it always is.)
  if (!needed.model) await stepDone(site, 'check', 'configuration');
  await choosePorts(site, ['api', 'worker', ...(needed.model ? (['rehearsal'] as const) : [])]);
  // Before anything runs: it may take minutes, or fail with advice.
  const binaries = withTemporal ? await findBinaries(site) : null;
  const postgres =
    needed.database || withTemporal
      ? await timed({ say: site.say, what: 'PostgreSQL' }, () => embedPostgres(site))
      : null;
  if (profileOf(env) === 'demo') await provideKek(site);
  if (postgres && needed.database) await makeLedger(site, postgres);
  await allOf([temporalUp(site, postgres, binaries), modelUp(site, needed.model), ledgerUp(site)]);
  await allOf([...workerNumbers(site).map((number) => workerUp(site, number)), serviceUp(site, 'api')]);
  await roomFull(site);
};

const findBinaries = ({ options, say }: Site): Promise<TemporalBinaries> =>
  findTemporal({
    env: options.env,
    stateDir: options.stateDir,
    say: (line) => say(`  ${line}`),
    signal: options.signal,
  });

const temporalUp = async (site: Site, postgres: Postgres | null, binaries: TemporalBinaries | null): Promise<void> => {
  if (postgres && binaries)
    await timed({ say: site.say, what: 'Temporal' }, () => embedTemporal(site, postgres, binaries));
};

const modelUp = async (site: Site, needed: boolean): Promise<void> => {
  if (!needed || without(site.options, 'rehearsal')) return;
  await serviceUp(site, 'rehearsal', 'rehearsal model');
  found(site, {
    DEEPSEEK_BASE_URL: `http://127.0.0.1:${portOf(site, 'REHEARSAL_PORT')}/v1`,
    DEEPSEEK_MODEL: site.options.env['DEEPSEEK_MODEL'] || REHEARSAL_MODEL,
  });
};

const ledgerUp = async (site: Site): Promise<void> => {
  const demo = profileOf(site.options.env) === 'demo';
  await stepDone(site, 'migrate', 'migrations');
  if (!demo) return;
  await stepDone(site, 'seed', 'demo hospital');
  connectDemoFeed(site);
};

/* The demo hospital's own feed stands behind an MLLP port for which nobody named an account. */
const connectDemoFeed = (site: Site): void => {
  const { env, childEnv = {} } = site.options;
  const account = readDemoServiceAccount(site.state.dir);
  const named = [env, childEnv].some((one) => one['MLLP_TOKEN'] || one['MLLP_TOKEN_FILE']);
  if (account !== null && !named) found(site, { MLLP_TOKEN: account.token });
};

/* Patients come by the doors that people use, so the API must be up; once, and a start does not fail for want of them. */
const roomFull = async (site: Site): Promise<void> => {
  const { options, state, say } = site;
  const marker = join(state.dir, roomMarker);
  const wanted =
    profileOf(options.env) === 'demo' &&
    (['seed', 'room', 'api', 'worker'] as const).every((part) => !without(options, part));
  if (!wanted || existsSync(marker)) return;
  try {
    await stepDone(site, 'room', 'waiting room');
  } catch (thrown) {
    options.signal?.throwIfAborted();
    say(`  waiting room: ${textOf(thrown)}`);
  }
  writePrivateJson(marker, { at: new Date().toISOString() });
};

const stepDone = async (site: Site, step: StepName, what: string): Promise<void> => {
  if (!without(site.options, step)) await timed({ say: site.say, what }, () => runStep(site, step));
};

const workerNumbers = ({ options }: Site): number[] => Array.from({ length: options.workers ?? 1 }, (_, i) => i + 1);

const workerUp = async (site: Site, number: number): Promise<void> => {
  if (number === 1) return serviceUp(site, 'worker');
  if (without(site.options, 'worker')) return;
  const partName = `worker-${number}`;
  const port = await site.state.ports.choose({ part: partName });
  const part = servicePart(site, 'worker', { partName, port });
  await timed({ say: site.say, what: partName }, () => supervise(part, site.supervision));
};

const serviceUp = async (site: Site, name: ProgramName, what: string = name): Promise<void> => {
  if (without(site.options, name)) return;
  await timed({ say: site.say, what }, () => startService(site, name));
};

const startService = async (site: Site, name: ProgramName): Promise<void> => {
  for (let tries = 1; ; tries++) {
    try {
      await supervise(servicePart(site, name), site.supervision);
      return;
    } catch (thrown) {
      // Somebody took the port between our look and the start of the service.
      if (tries === 3 || !/EADDRINUSE/.test(textOf(thrown)) || !(await chooseOtherPorts(site, name))) throw thrown;
    }
  }
};

/* All are waited for even when one fails: nothing may still be starting while the rest is being stopped. */
const allOf = async (starts: readonly Promise<void>[]): Promise<void> => {
  const failed = (await Promise.allSettled(starts)).find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
};
