import { cpuBetween, cpuOfStat, cpuTimes, postgresGroup } from './cpu';

const line = (name: string) => `42 (${name}) S 1 42 42 0 -1 4194560 100 0 0 0 150 50 7 8 20 0 1 0 100 1000 10`;

describe('processor time', () => {
  it('is user plus system time of the process itself, whatever its name holds', () => {
    expect(cpuOfStat(line('node'))).toBe(2000);
    expect(cpuOfStat(line('a ) b (c'))).toBe(2000);
  });

  it('tells the connections of PostgreSQL apart by database', () => {
    const titles = [
      'postgres: countersign_app countersign 127.0.0.1(40522) idle',
      'postgres: countersign_temporal temporal 127.0.0.1(40524) COMMIT',
      'postgres: countersign_temporal temporal_visibility 127.0.0.1(40526) idle',
      'postgres: checkpointer ',
      '/x/bin/postgres',
    ];
    expect(titles.map(postgresGroup)).toEqual([
      'postgres: countersign',
      'postgres: temporal',
      'postgres: temporal',
      'postgres: own work',
      'postgres: own work',
    ]);
  });

  it('grows for a process that works, and leaves out one that is gone', () => {
    const pids = { self: [process.pid], gone: [2 ** 22 + 1] };
    const before = cpuTimes(pids);
    // Two ticks of the kernel's clock, however long this process has to wait for its turn.
    for (const worked = process.cpuUsage(); process.cpuUsage(worked).user < 40_000;) Math.sqrt(2);
    const used = cpuBetween(before, cpuTimes(pids));
    expect(used['self']).toBeGreaterThan(0);
    expect(used).not.toHaveProperty('gone');
  });

  it('never counts backwards', () => {
    expect(cpuBetween({ a: 100, b: 50 }, { a: 160, b: 20, c: 5 })).toEqual({ a: 60, b: 0, c: 5 });
  });
});
