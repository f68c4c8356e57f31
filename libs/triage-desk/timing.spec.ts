import fc from 'fast-check';
import { type TimingFacts, timingOf } from './timing';

const now = new Date('2026-11-23T08:00:00Z');
const ago = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);

const facts: TimingFacts = {
  state: 'waiting',
  arrivedAt: ago(40),
  clockStartedAt: ago(15),
  limitSeconds: 1800,
  retriageSeconds: 1800,
  lastAssessedAt: ago(15),
  measuredAt: ago(15),
  seenAt: null,
};
const timing = (change: Partial<TimingFacts> = {}, timeScale = 1) =>
  timingOf({ ...facts, ...change }, { now, timeScale });

describe('timingOf', () => {
  it('counts from the start of the clock against the limit', () => {
    expect(timing()).toEqual({
      waitedSeconds: 900,
      limitSeconds: 1800,
      breachRatio: 0.5,
      overLimit: false,
      reassessAt: '2026-11-23T08:15:00.000Z',
      reassessOverdue: false,
      staleVitals: false,
    });
  });

  it('counts from arrival before the first assessment, over no limit', () => {
    const before = {
      clockStartedAt: null,
      limitSeconds: null,
      retriageSeconds: null,
      lastAssessedAt: null,
      measuredAt: null,
    };
    expect(timing(before)).toMatchObject({
      waitedSeconds: 2400,
      limitSeconds: null,
      overLimit: false,
      reassessAt: null,
    });
  });

  it('has no ratio at level I, which is over its limit at once', () => {
    expect(timing({ limitSeconds: 0, clockStartedAt: now })).toMatchObject({ breachRatio: null, overLimit: true });
  });

  it('stops when a physician sees the patient: no wait grows, no re-assessment is due', () => {
    expect(timing({ state: 'seen', seenAt: ago(5), lastAssessedAt: ago(99) })).toMatchObject({
      waitedSeconds: 600,
      reassessAt: null,
      reassessOverdue: false,
    });
  });

  it('calls vital signs stale once they are older than the interval, and none never', () => {
    expect(timing({ measuredAt: ago(31) }).staleVitals).toBe(true);
    expect(timing({ measuredAt: null }).staleVitals).toBe(false);
  });

  it('lets contract time pass faster by the time scale', () => {
    expect(timing({}, 0.1)).toMatchObject({
      limitSeconds: 180,
      breachRatio: 5,
      overLimit: true,
      reassessOverdue: true,
    });
  });

  it('is over the limit exactly where the ratio has reached one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 1, max: 14_400 }), (waited, limitSeconds) => {
        const clockStartedAt = new Date(now.getTime() - waited * 1000);
        const { overLimit, waitedSeconds } = timing({ clockStartedAt, limitSeconds });
        expect(waitedSeconds).toBe(waited);
        expect(overLimit).toBe(waited >= limitSeconds);
      }),
    );
  });
});
