import fc from 'fast-check';
import { levels } from './triage.level';
import { type AttentionEntry, breachBand, compareAttention, compareQueue, type QueueEntry } from './triage.queue';

const minute = 60_000;
const now = 1_000 * minute;

const entry = (id: string, rest: Partial<QueueEntry> = {}): QueueEntry => ({
  id,
  level: 'III',
  clockStartedAt: now,
  points: 0,
  specialGroup: false,
  arrivedAt: now,
  ...rest,
});

const order = (...entries: QueueEntry[]): string =>
  entries
    .toSorted(compareQueue({ now }))
    .map(({ id }) => id)
    .join(' ');
const waited = (minutes: number): Partial<QueueEntry> => ({ clockStartedAt: now - minutes * minute });

describe('breachBand', () => {
  it('counts quarters of the limit, both sides of each edge', () => {
    const of = (ms: number) => breachBand(entry('x', { clockStartedAt: now - ms }), { now });
    const quarter = 7.5 * minute;
    expect(
      [0, quarter - 1, quarter, 2 * quarter, 3 * quarter - 1, 3 * quarter, 4 * quarter, 9 * quarter].map(of),
    ).toEqual([0, 0, 1, 2, 2, 3, 4, 9]);
  });

  it('has none at level I and counts from arrival while no clock runs', () => {
    expect(breachBand(entry('x', { level: 'I', ...waited(500) }), { now })).toBeNull();
    expect(breachBand(entry('x', { clockStartedAt: null, arrivedAt: now - 30 * minute }), { now })).toBe(4);
  });

  it('never counts a clock that starts in the future', () => {
    expect(breachBand(entry('x', waited(-10)), { now })).toBe(0);
  });

  it('uses the limit of each level', () => {
    const bands = levels.map((level) => breachBand(entry('x', { level, ...waited(60) }), { now }));
    expect(bands).toEqual([null, 24, 8, 4, 4, 1]);
  });
});

describe('compareQueue', () => {
  it('puts level first, whatever else holds', () => {
    const overdue = { ...waited(300), points: 19, specialGroup: true, arrivedAt: 0 };
    expect(order(entry('IV', { ...overdue, level: 'IV' }), entry('III', overdue), entry('II', { level: 'II' }))).toBe(
      'II III IV',
    );
    expect(order(entry('IVb', { ...overdue, level: 'IVb' }), entry('IVa', { level: 'IVa' }))).toBe('IVa IVb');
    expect(order(entry('IV', { level: 'IV', points: 1 }), entry('IVa', { level: 'IVa', points: 2 }))).toBe('IVa IV');
  });

  it('then the breach band, in steps of a quarter only', () => {
    expect(order(entry('fresh', { ...waited(7), points: 9 }), entry('due', waited(23)))).toBe('due fresh');
    expect(order(entry('8min', waited(8)), entry('14min-points', { ...waited(14), points: 1 }))).toBe(
      '14min-points 8min',
    );
    expect(order(entry('14min', waited(14)), entry('8min-points', { ...waited(8), points: 1 }))).toBe(
      '8min-points 14min',
    );
  });

  it('then points, special group, arrival, id', () => {
    expect(order(entry('a', { points: 1, specialGroup: true }), entry('b', { points: 2 }))).toBe('b a');
    expect(order(entry('a', { arrivedAt: 0 }), entry('b', { specialGroup: true }))).toBe('b a');
    expect(order(entry('a'), entry('b', { arrivedAt: now - 1 }))).toBe('b a');
    expect(order(entry('b'), entry('a'))).toBe('a b');
  });

  it('orders level I by points, special group and arrival, never by waiting', () => {
    const one = (id: string, rest: Partial<QueueEntry>) => entry(id, { level: 'I', ...rest });
    expect(order(one('waits', waited(90)), one('points', { points: 3 }))).toBe('points waits');
    expect(order(one('waits', { ...waited(90), arrivedAt: now }), one('early', { arrivedAt: now - 1 }))).toBe(
      'early waits',
    );
  });

  it('puts a patient of whom nothing is known before IV and after III', () => {
    expect(
      order(entry('IV', { level: 'IV', ...waited(200), points: 4 }), entry('none', { level: null }), entry('III')),
    ).toBe('III none IV');
  });

  it('is a total order: antisymmetric and transitive, ties only with itself', () => {
    const arbitrary = fc.record({
      id: fc.string({ minLength: 1, maxLength: 3 }),
      level: fc.constantFrom(null, ...levels),
      clockStartedAt: fc.option(fc.integer({ min: 0, max: now })),
      points: fc.option(fc.integer({ min: 0, max: 20 })),
      specialGroup: fc.boolean(),
      arrivedAt: fc.integer({ min: 0, max: now }),
    });
    const compare = compareQueue({ now });
    fc.assert(
      fc.property(arbitrary, arbitrary, arbitrary, (a, b, c) => {
        expect(Math.sign(compare(a, b)) + Math.sign(compare(b, a))).toBe(0);
        if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0);
        expect(compare(a, a)).toBe(0);
      }),
    );
  });
});

describe('compareAttention', () => {
  const of = (level: AttentionEntry['level'], points: number, ageDays: number | null): AttentionEntry => ({
    level,
    points,
    ageDays,
  });

  it('is level, then points descending, then age descending', () => {
    const sorted = [of('IV', 9, 9), of('II', 1, 5), of('II', 1, 7), of('II', 3, 1), of('II', 1, null), of('I', 0, 0)];
    expect(sorted.toSorted(compareAttention)).toEqual([
      of('I', 0, 0),
      of('II', 3, 1),
      of('II', 1, 7),
      of('II', 1, 5),
      of('II', 1, null),
      of('IV', 9, 9),
    ]);
  });

  it('ties where all three are equal', () => {
    expect(compareAttention(of('IV', 2, 5), of('IVa', 2, 5))).toBe(0);
  });
});
