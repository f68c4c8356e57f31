import { ageOf, type Board, stalenessOf } from './board';

const board = {
  kind: 'public-queue',
  ward: '急诊',
  at: '2026-11-23T06:32:09Z',
  asOf: '2026-11-23T06:32:05Z',
  calling: [],
  next: [],
  waits: [],
} satisfies Board;

describe('the age of a board', () => {
  it('goes by the server’s clock and by elapsed time, never by the clock of the screen', () => {
    expect(ageOf({ board, cameAt: 1000 }, 1000)).toBe(4000);
    expect(ageOf({ board, cameAt: 1000 }, 12_000)).toBe(15_000);
  });

  it('is told after 15 s, and sends to the nurses after 60 s', () => {
    expect([15_000, 15_001, 60_000, 60_001].map(stalenessOf)).toEqual(['current', 'stale', 'stale', 'dead']);
  });
});
