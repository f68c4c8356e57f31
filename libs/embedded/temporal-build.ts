import { mkdirSync, renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { freemem } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, spawnChild, stopChild } from './children';
import { repositoryRoot } from './repository';
import { canWrite, sweepUnfinished, unfinishedName } from './shared-places';
import type { Say } from './start-error';
import { takeLock } from './state-lock';
import { inFolder, isExecutable, programNames, type WayOutcome } from './temporal-program';
import { goToolchain, temporalVersion } from './temporal-version';

/** What a build or download needs: where the programs go, and who hears of the progress. */
export interface TemporalFetch {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder that has the two programs afterwards, each put there whole. */
  readonly cache: string;
  readonly say: Say;
  /** Breaks a running build off. */
  readonly signal?: AbortSignal | undefined;
}

const saysEveryMs = 3000;

/** Builds the pinned programs with Go into the cache; a build that runs already is waited for, not repeated. */
export const buildTemporal = async (fetch: TemporalFetch): Promise<WayOutcome> => {
  const go = (fetch.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'go'))
    .find(isExecutable);
  if (go === undefined) return { none: 'go is not on PATH' };
  return underBuildLock(fetch, async () => {
    const already = inFolder(fetch.cache);
    return 'found' in already ? already : build(go, fetch);
  });
};

const underBuildLock = async (fetch: TemporalFetch, work: () => Promise<WayOutcome>): Promise<WayOutcome> => {
  for (let waitedMs = 0; ; waitedMs += 500) {
    const outcome = takeLock(join(fetch.cache, 'build.lock'));
    if ('lock' in outcome) return work().finally(() => outcome.lock.release());
    if (waitedMs % saysEveryMs === 0)
      fetch.say(
        `waiting for process ${outcome.holder.pid}, which builds Temporal ${temporalVersion}: ${waitedMs / 1000} s`,
      );
    await sleep(500, undefined, { signal: fetch.signal });
  }
};

const build = async (go: string, fetch: TemporalFetch): Promise<WayOutcome> => {
  await sweepUnfinished(fetch.cache);
  const unfinished = join(fetch.cache, unfinishedName('build'));
  mkdirSync(unfinished, { recursive: true });
  fetch.say(`building Temporal ${temporalVersion} with Go, once: two to three minutes on two cores`);
  try {
    const child = await spawnChild({
      name: 'go build',
      command: go,
      cwd: join(repositoryRoot(), 'deploy', 'temporal'),
      args: buildArguments(unfinished),
      env: buildEnvironment(fetch, unfinished),
    });
    fetch.signal?.addEventListener('abort', () => void stopChild(child));
    const { code, output } = await followed(child, fetch.say);
    if (code !== 0)
      return { none: `go build failed:\n${output.split('\n').slice(-6).join('\n').replaceAll(/^/gm, '      ')}` };
    moveInto(fetch.cache, unfinished);
    return inFolder(fetch.cache);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
};

const moveInto = (cache: string, unfinished: string): void => {
  renameSync(join(unfinished, 'sql'), join(cache, programNames.schemaTool));
  renameSync(join(unfinished, 'server'), join(cache, programNames.server));
};

const buildArguments = (target: string): string[] => [
  'build',
  '-v',
  '-trimpath',
  '-buildvcs=false',
  '-mod=readonly',
  '-gcflags=all=-dwarf=false -c=1', // a quarter less work for the compiler; the debug data would be stripped anyway
  '-ldflags=-s -w',
  '-o',
  `${target}/`,
  'go.temporal.io/server/cmd/server',
  'go.temporal.io/server/cmd/tools/sql',
];

const buildEnvironment = ({ env, cache }: TemporalFetch, temporary: string): Record<string, string | undefined> => ({
  ...env,
  GOTMPDIR: temporary, // swept with the rest when the build was killed
  GOTOOLCHAIN: goToolchain,
  CGO_ENABLED: '0',
  // Rarer collections make the compiler an eighth faster, for memory that a small machine does not have.
  GOGC: env['GOGC'] ?? (freemem() > 6 * 1024 ** 3 ? '400' : '100'),
  GOFLAGS: '',
  GOWORK: 'off',
  // An account without a home (nobody) has no place for Go's own folders.
  ...(canWrite(env['HOME']) ? {} : { GOPATH: join(cache, '..', 'go'), GOCACHE: join(cache, '..', 'go-build') }),
});

const followed = async (child: Child, say: Say): Promise<{ code: number | null; output: string }> => {
  let output = '';
  child.process.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const startedAt = performance.now();
  const timer = setInterval(() => say(`${progressOf(output)}, ${secondsSince(startedAt)} s`), saysEveryMs);
  const { code } = await child.exited;
  clearInterval(timer);
  return { code, output: output.trim() };
};

/** What `go build -v` has printed so far, in one line. */
export const progressOf = (output: string): string => {
  const lines = output.split('\n').filter(Boolean);
  const fetched = lines.filter((line) => line.startsWith('go: downloading')).length;
  const compiled = lines.filter((line) => !line.startsWith('go: ')).length;
  return `building Temporal ${temporalVersion}: ${fetched} modules fetched, ${compiled} of about 1300 packages compiled`;
};

const secondsSince = (startedAt: number): number => Math.round((performance.now() - startedAt) / 1000);
