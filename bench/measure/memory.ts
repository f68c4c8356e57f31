import { readFileSync } from 'node:fs';

/** Resident memory of a process, MiB: now, and the most it ever was. */
export interface Memory {
  readonly now: number;
  readonly peak: number;
}

/** Reads the text of `/proc/<pid>/status`. */
export const memoryOfStatus = (status: string): Memory => {
  const mib = (field: string): number => Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) / 1024;
  return { now: mib('VmRSS'), peak: mib('VmHWM') };
};

/** The resident memory of a running process. */
export const memoryOf = (pid: number): Memory => memoryOfStatus(readFileSync(`/proc/${pid}/status`, 'utf8'));
