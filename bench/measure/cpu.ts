import { readFileSync } from 'node:fs';

/** Processor time per group of processes, milliseconds. */
export type CpuTimes = Readonly<Record<string, number>>;

/** Clock ticks a second, as the kernel reports to programs (USER_HZ; 100 on every Linux we run on). */
const ticksPerSecond = 100;

/** User and system time in one line of `/proc/<pid>/stat`, milliseconds. The name may hold anything, even brackets. */
export const cpuOfStat = (stat: string): number => {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond;
};

/** Whose a PostgreSQL process is, by the title it gives itself: the database of a connection, or the server's own work. */
export const postgresGroup = (title: string): string => {
  const database = /^postgres: \S+ (\w+) [\d.]+\(/.exec(title)?.[1];
  if (database === undefined) return 'postgres: own work';
  return `postgres: ${database.startsWith('temporal') ? 'temporal' : database}`;
};

const read = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // the process ended meanwhile
  }
};

/** Adds up the processor time so far of the processes of each group; PostgreSQL's are told apart by database. */
export const cpuTimes = (pids: Readonly<Record<string, readonly number[]>>): CpuTimes => {
  const times: Record<string, number> = {};
  for (const [name, members] of Object.entries(pids))
    for (const pid of members) {
      const stat = read(`/proc/${pid}/stat`);
      if (stat === null) continue;
      const group = name === 'postgres' ? postgresGroup(read(`/proc/${pid}/cmdline`) ?? '') : name;
      times[group] = (times[group] ?? 0) + cpuOfStat(stat);
    }
  return times;
};

/** What was used between two readings; a group whose processes ended in between counts as nothing. */
export const cpuBetween = (before: CpuTimes, after: CpuTimes): CpuTimes =>
  Object.fromEntries(Object.entries(after).map(([group, ms]) => [group, Math.max(0, ms - (before[group] ?? 0))]));
