import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** One process for ever: a pid alone is reused, a pid with its start time is not. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Opaque: boot id and start tick on Linux, `ps` start time elsewhere. */
  readonly startedAt: string;
}

/** Who a pid is now; null when no such process runs (a zombie counts as gone). */
export const identify = (pid: number): ProcessIdentity | null => {
  const startedAt = process.platform === 'linux' ? startOnLinux(pid) : startByPs(pid);
  return startedAt === null ? null : { pid, startedAt };
};

/** Whether exactly this process still runs. */
export const isAlive = (who: ProcessIdentity): boolean => identify(who.pid)?.startedAt === who.startedAt;

/** This process. */
export const self = (): ProcessIdentity => identify(process.pid) ?? { pid: process.pid, startedAt: 'unknown' };

/** State and start time from a `/proc/<pid>/stat` line, whose second field may itself hold spaces and parentheses. */
export const parseStat = (line: string): { state: string; parent: number; startTick: string } => {
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '?', parent: Number(fields[1]), startTick: fields[19] ?? '0' };
};

const startOnLinux = (pid: number): string | null => {
  const line = readOrNull(`/proc/${pid}/stat`);
  if (line === null) return null;
  const { state, startTick } = parseStat(line);
  return state === 'Z' || state === 'X' ? null : `${bootId()}:${startTick}`;
};

const bootId = (): string => readOrNull('/proc/sys/kernel/random/boot_id')?.trim() ?? 'boot';

const startByPs = (pid: number): string | null => {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
};

const readOrNull = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
};
