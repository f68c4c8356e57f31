import { memoryOf, memoryOfStatus } from './memory';

describe('resident memory', () => {
  it('is read in MiB', () => {
    expect(memoryOfStatus('Name:\tnode\nVmPeak:\t 9999 kB\nVmHWM:\t  2048 kB\nVmRSS:\t  1536 kB\n')).toEqual({
      now: 1.5,
      peak: 2,
    });
  });

  it('of a running process is something, and never more than its peak', () => {
    const { now, peak } = memoryOf(process.pid);
    expect(now).toBeGreaterThan(1);
    expect(peak).toBeGreaterThanOrEqual(now);
  });
});
