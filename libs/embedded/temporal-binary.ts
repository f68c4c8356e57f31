import { delimiter, join } from 'node:path';
import { cacheRoot } from './shared-places';
import { type Say, silent, startError } from './start-error';
import { buildTemporal } from './temporal-build';
import { downloadTemporal } from './temporal-archive';
import { temporalVersion } from './temporal-version';
import { inFolder, programVersion, type TemporalBinaries, type WayOutcome } from './temporal-program';

/** What the search depends on. */
export interface TemporalSearch {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stateDir: string;
  /** Told at least every few seconds while it builds or downloads. */
  readonly say?: Say;
  /** Breaks a build or download off. */
  readonly signal?: AbortSignal | undefined;
}

/** One way to get the programs; a way that throws ends the search. */
export interface Way {
  readonly name: string;
  look(): Promise<WayOutcome> | WayOutcome;
}

/** The Temporal programs of the pinned version, by the first way that has them. Throws TEMPORAL_SERVER_MISSING. */
export const findTemporal = (search: TemporalSearch): Promise<TemporalBinaries> =>
  firstOf(waysOf(search, join(cacheRoot(search.env, search.stateDir), `temporal-${temporalVersion}`)));

/** Tries the ways in order; throws an error that lists all of them with their refusals. */
export const firstOf = async (ways: readonly Way[]): Promise<TemporalBinaries> => {
  const refusals: string[] = [];
  for (const way of ways) {
    const outcome = await way.look();
    if ('found' in outcome) return outcome.found;
    refusals.push(`  - ${way.name}: ${outcome.none}`);
  }
  throw startError('TEMPORAL_SERVER_MISSING', [...noServer, ...refusals, ...whatToDo].join('\n'));
};

const noServer = [`no Temporal server ${temporalVersion} on this machine. Looked in this order:`];
const whatToDo = [
  'What helps, any one of them:',
  '  - TEMPORAL_ADDRESS=host:port of a running Temporal server (then none is started)',
  `  - TEMPORAL_SERVER_DIR=folder with temporal-server and temporal-sql-tool ${temporalVersion}`,
  '  - Go 1.21 or later on PATH and a Go module proxy that answers: it is then built once (a few minutes)',
];

/** The ways, in their order, with this folder as the cache. */
export const waysOf = ({ env, say = silent, signal }: TemporalSearch, cache: string): Way[] => [
  { name: 'TEMPORAL_SERVER_DIR', look: () => inNamedFolder(env['TEMPORAL_SERVER_DIR']) },
  { name: 'PATH', look: () => onPath(env['PATH'] ?? '') },
  { name: `the cache ${cache}`, look: () => inFolder(cache) },
  { name: 'building it with Go', look: () => buildTemporal({ env, cache, say, signal }) },
  { name: 'the official release archive', look: () => downloadTemporal({ env, cache, say, signal }) },
];

/* A folder that a person named is taken or refused, never passed over in silence. */
const inNamedFolder = (folder: string | undefined): WayOutcome => {
  if (!folder) return { none: 'not set' };
  const outcome = ofOurVersion(folder);
  if ('found' in outcome) return outcome;
  throw startError('TEMPORAL_SERVER_MISSING', `TEMPORAL_SERVER_DIR=${folder}: ${outcome.none}`);
};

const onPath = (path: string): WayOutcome => {
  const folder = path.split(delimiter).find((entry) => entry !== '' && 'found' in inFolder(entry));
  return folder === undefined ? { none: 'temporal-server and temporal-sql-tool not there' } : ofOurVersion(folder);
};

/* Another version would bring the databases to another schema: it does not count. */
const ofOurVersion = (folder: string): WayOutcome => {
  const outcome = inFolder(folder);
  if ('none' in outcome) return outcome;
  const version = programVersion(outcome.found.server);
  return version === temporalVersion ? outcome : { none: `${folder} has version ${version}, not ${temporalVersion}` };
};
