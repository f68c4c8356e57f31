import { spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { join } from 'node:path';

/** Where the two programs of Temporal lie. */
export interface TemporalBinaries {
  readonly server: string;
  readonly schemaTool: string;
}

/** The outcome of one way to get the programs: where they are, or why it gave none. */
export type WayOutcome = { readonly found: TemporalBinaries } | { readonly none: string };

/** The names of the two programs, as built, packed and looked for. */
export const programNames = { server: 'temporal-server', schemaTool: 'temporal-sql-tool' } as const;

/** The two programs in one folder. */
export const inFolder = (folder: string): WayOutcome => {
  const found = { server: join(folder, programNames.server), schemaTool: join(folder, programNames.schemaTool) };
  const missing = Object.values(programNames).filter((name) => !isExecutable(join(folder, name)));
  return missing.length === 0 ? { found } : { none: `${missing.join(' and ')} not there, or not executable` };
};

/** Whether a path is a program we may run. */
export const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
};

/** The version a Temporal program says it has; "unknown" when it does not run. */
export const programVersion = (path: string): string => {
  const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 10_000 });
  return /(\d+\.\d+\.\d+)/.exec(stdout ?? '')?.[1] ?? 'unknown';
};
