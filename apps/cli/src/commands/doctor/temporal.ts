import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { type AnyConfig } from '#libs/config/config';
import { cacheRoot } from '#libs/embedded/shared-places';
import { waysOf } from '#libs/embedded/temporal-binary';
import { temporalVersion } from '#libs/embedded/temporal-version';
import { textOf } from '#libs/embedded/start-error';
import { connectTemporal, type TemporalState } from '#libs/temporal/temporal-link';
import { type Env } from '../../start/start-options';
import { fail, type Finding, ok } from './finding';
import { explainSilence } from './tls-probe';

const advice: Readonly<Record<Exclude<TemporalState, 'ready'>, string>> = {
  unavailable: 'check TEMPORAL_ADDRESS, the way there, and the log of the server',
  'namespace-missing': 'make the namespace, or name another one in TEMPORAL_NAMESPACE',
  denied: 'check TEMPORAL_API_KEY or the client certificate',
};

const meanwhile = 'people can register and decide meanwhile, workflows catch up';

const isReadable = (tls: AnyConfig['temporal']['tls']): boolean => {
  try {
    for (const file of [tls?.caFile, tls?.certFile, tls?.keyFile])
      if (file !== undefined) accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
};

/** Whether Temporal answers and has our namespace. */
export const examineTemporal = async ({ temporal }: AnyConfig): Promise<Finding[]> => {
  const { address, namespace } = temporal;
  if (address === undefined) return [fail('Temporal', 'no TEMPORAL_ADDRESS', 'set it, or start the demo: npm start')];
  // A file that is missing is told of with the certificates.
  if (!isReadable(temporal.tls)) return [fail('Temporal', 'not asked', 'put its certificates right first')];
  const settings = { ...temporal, address };
  const link = connectTemporal(settings, 'doctor');
  try {
    const state = await link.state(5000);
    if (state === 'ready') return [ok('Temporal', `${address}, namespace ${namespace}`)];
    const explained = state === 'unavailable' ? await explainSilence(settings) : null;
    const [why, what] = explained ?? [null, advice[state]];
    const text = `${address}, namespace ${namespace}: ${state}${why === null ? '' : `: ${why}`}`;
    return [fail('Temporal', text, state === 'unavailable' ? `${what}; ${meanwhile}` : what)];
  } finally {
    await link.close();
  }
};

/* Those that take a second; building and downloading are only named. */
const quickWays = 3;

/** Whether a start would find the Temporal programs on this machine, and by which way. */
export const examineTemporalPrograms = async (env: Env, stateDir: string): Promise<Finding[]> => {
  const cache = join(cacheRoot(env, stateDir), `temporal-${temporalVersion}`);
  try {
    for (const way of waysOf({ env, stateDir }, cache).slice(0, quickWays)) {
      const outcome = await way.look();
      if ('found' in outcome) return [ok('Temporal programs', `${temporalVersion}, by ${way.name}`)];
    }
  } catch (thrown) {
    return [fail('Temporal programs', textOf(thrown), 'name a folder with both programs of that version, or none')];
  }
  return [byGo(env)];
};

const byGo = (env: Env): Finding => {
  const { status, stdout } = spawnSync('go', ['version'], { encoding: 'utf8', env: { ...env } as NodeJS.ProcessEnv });
  const none = `no Temporal server ${temporalVersion} on this machine`;
  if (status === 0)
    return {
      check: 'Temporal programs',
      state: 'warn',
      text: `${none}; ${stdout.trim()}`,
      advice: 'the first start builds it, in a few minutes: countersign prepare',
    };
  return fail('Temporal programs', `${none}, and no Go to build it`, 'countersign prepare lists every way to get it');
};
