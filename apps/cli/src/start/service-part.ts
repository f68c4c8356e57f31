import { loadConfig } from '#libs/config/load-config';
import { type Child, spawnChild, type StopSteps, termThenKill } from '#libs/embedded/children';
import { listens } from '#libs/embedded/listener';
import { logTail, rollLog } from '#libs/embedded/log-tail';
import { startError } from '#libs/embedded/start-error';
import type { Part } from '#libs/embedded/supervise';
import { answersOk } from './http-ready';
import { nodeArguments, type Program, type ProgramName, services, type StepName, steps } from './programs';
import { environmentOf, type Site } from './site';

/** One of the product's programs as a part that is kept running. */
export const servicePart = (site: Site, name: ProgramName, as: { partName?: string; port?: number } = {}): Part => {
  const { partName = name, port } = as;
  const { portVariable, readyPath } = services[name];
  const ownPort = port === undefined ? {} : { [portVariable]: String(port) };
  const scheme = name === 'api' && site.options.env['TLS_CERT_FILE'] ? 'https' : 'http';
  return {
    name: partName,
    logFile: site.state.logFile(partName),
    readyWithinMs: 90_000,
    stop: stopOf(site, name),
    spawn: () => spawnProgram(site, programOf(site, name), { name: partName, env: ownPort }),
    ready: async (child, over) => {
      const bound = Number(environmentOf(site, ownPort)[portVariable]);
      await listens(child, bound, over);
      await answersOk(`${scheme}://127.0.0.1:${bound}${readyPath}`, over);
    },
  };
};

/* Whoever is told to stop finishes what it has begun; killed is only who takes much longer than was configured. */
const stopOf = (site: Site, name: ProgramName): StopSteps => {
  const loaded = loadConfig(environmentOf(site), { part: 'start' });
  if (name === 'rehearsal' || !loaded.ok) return termThenKill;
  const { apiMs, workerMs } = loaded.config.drain;
  return { steps: [{ signal: 'SIGTERM', graceMs: (name === 'api' ? apiMs : workerMs) + 25_000 }] };
};

/** Runs one of the steps to its end; throws with the end of its log when it fails. */
export const runStep = async (site: Site, name: StepName): Promise<void> => {
  site.options.signal?.throwIfAborted();
  const child = await spawnProgram(site, programOf(site, name), { name, env: {} });
  const onAbort = (): boolean => child.process.kill('SIGKILL');
  site.options.signal?.addEventListener('abort', onAbort);
  if (site.options.signal?.aborted) onAbort();
  const { code, signal } = await child.exited;
  site.options.signal?.removeEventListener('abort', onAbort);
  if (code === 0) return;
  throw startError(
    'PART_NOT_READY',
    `${name} failed (${signal ?? `exit code ${code}`})${logTail(site.state.logFile(name))}`,
  );
};

const programOf = (site: Site, name: ProgramName | StepName): Program =>
  site.options.programs?.[name] ?? { ...services, ...steps }[name];

interface Run {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
}

const spawnProgram = (site: Site, program: Program, { name, env }: Run): Promise<Child> => {
  const logFile = site.state.logFile(name);
  rollLog(logFile);
  return spawnChild({
    name,
    command: process.execPath,
    args: nodeArguments(program, site.root),
    cwd: site.root,
    env: environmentOf(site, env),
    logFile,
  });
};
