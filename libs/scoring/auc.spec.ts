import fc from 'fast-check';
import { areaUnderCurve } from './auc';

type Row = { readonly rank: number; readonly event: boolean };

const auc = (rows: readonly Row[]): number | null =>
  areaUnderCurve(
    rows,
    ({ event }) => event,
    (a, b) => a.rank - b.rank,
  );

const row = (rank: number, event: boolean): Row => ({ rank, event });

describe('areaUnderCurve', () => {
  it('is 1 where every event is feared first, 0 where last, and a half where all are tied', () => {
    expect(auc([row(1, true), row(2, false), row(3, false)])).toBe(1);
    expect(auc([row(3, true), row(2, false), row(1, false)])).toBe(0);
    expect(auc([row(1, true), row(1, false), row(1, false)])).toBe(0.5);
  });

  it('counts a tie as half: by hand (1 + 0.5 + 0 + 0.5) of 4 pairs', () => {
    expect(auc([row(1, true), row(1, false), row(2, false), row(2, true)])).toBe((0.5 + 1 + 0 + 0.5) / 4);
  });

  it('is null where one class is empty', () => {
    expect(auc([])).toBeNull();
    expect(auc([row(1, true)])).toBeNull();
    expect(auc([row(1, false)])).toBeNull();
  });

  it('equals the share of pairs in the right order, whatever the order of the rows', () => {
    const rows = fc.array(fc.record({ rank: fc.integer({ min: 0, max: 5 }), event: fc.boolean() }), { maxLength: 40 });
    fc.assert(
      fc.property(rows, (all) => {
        const events = all.filter(({ event }) => event);
        const others = all.filter(({ event }) => !event);
        const pairs = events.flatMap((a) => others.map((b) => (a.rank === b.rank ? 0.5 : Number(a.rank < b.rank))));
        const expected = pairs.length === 0 ? null : pairs.reduce((sum, win) => sum + win, 0) / pairs.length;
        expect(auc(all)).toEqual(expected === null ? null : expect.closeTo(expected, 12));
        expect(auc(all.toReversed())).toBe(auc(all));
      }),
    );
  });
});
