import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { parseStat } from './process-identity';

/** All processes below one process, parents before children. */
export const descendants = (root: number, parents: ReadonlyMap<number, number> = parentsByPid()): number[] => {
  const found: number[] = [];
  for (let level = [root]; level.length > 0;) {
    level = [...parents].filter(([, parent]) => level.includes(parent)).map(([pid]) => pid);
    found.push(...level);
  }
  return found;
};

/** The processes that work in a folder: for a PostgreSQL data folder, its postmaster and backends, orphaned or not. */
export const workingIn = (folder: string): number[] =>
  process.platform === 'linux' ? pids().filter((pid) => workingFolder(pid) === folder) : [];

/** The parent of every running process. */
export const parentsByPid = (): Map<number, number> =>
  process.platform === 'linux' ? new Map(pids().flatMap(withParent)) : parentsByPs();

const pids = (): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

const withParent = (pid: number): [number, number][] => {
  try {
    return [[pid, parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8')).parent]];
  } catch {
    return []; // it ended while we looked
  }
};

const workingFolder = (pid: number): string | null => {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null; // it ended, or it is somebody else's
  }
};

const parentsByPs = (): Map<number, number> =>
  new Map(
    execFileSync('ps', ['-axo', 'pid=,ppid='], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]),
  );
