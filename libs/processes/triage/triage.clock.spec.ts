import { clockOf, type ClockFacts } from './triage.clock';

const started = new Date('2026-11-23T03:00:00.000Z');
const minutes = (n: number) => new Date(started.getTime() + n * 60_000).toISOString();
const facts = (change: Partial<ClockFacts> = {}): ClockFacts => ({
  clockStartedAt: started,
  lastAssessedAt: started,
  limitSeconds: 1800,
  retriageSeconds: 1800,
  ...change,
});

describe('clockOf', () => {
  it('warns at 75 %, 100 % and 150 % of the limit and asks for re-assessment at the interval', () => {
    const clock = clockOf(facts(), { timeScale: 1, now: started });
    expect(clock.warnings.map(({ at }) => at)).toEqual([minutes(22.5), minutes(30), minutes(45)]);
    expect(clock.warnings.map(({ isBreach }) => isBreach)).toEqual([false, true, false]);
    expect(clock.reassessAt).toBe(minutes(30));
  });

  it('warns at level I at once and then every five minutes, always naming the next one', () => {
    const clock = clockOf(facts({ limitSeconds: 0, retriageSeconds: 300 }), {
      timeScale: 1,
      now: new Date(started.getTime() + 11 * 60_000),
    });
    expect(clock.warnings.map(({ at }) => at)).toEqual([minutes(0), minutes(5), minutes(10), minutes(15)]);
    expect(clock.warnings.some(({ isBreach }) => isBreach)).toBe(false);
  });

  it('counts re-assessment from the last assessment, the limit from the start of the clock', () => {
    const clock = clockOf(facts({ lastAssessedAt: new Date(minutes(10)) }), { timeScale: 1, now: started });
    expect(clock.reassessAt).toBe(minutes(40));
    expect(clock.warnings[1]?.at).toBe(minutes(30));
  });

  it('is another clock when the limit changes, and the same one after a new assessment', () => {
    const view = { timeScale: 1, now: started };
    expect(clockOf(facts({ limitSeconds: 600 }), view).key).not.toBe(clockOf(facts(), view).key);
    expect(clockOf(facts({ lastAssessedAt: new Date(minutes(9)) }), view).key).toBe(clockOf(facts(), view).key);
  });

  it('passes faster by the time scale', () => {
    const clock = clockOf(facts(), { timeScale: 0.01, now: started });
    expect(clock.warnings[1]?.at).toBe(minutes(0.3));
  });
});
