import { summed } from './agreement-sums';
import { percentOf } from './percent';

const none = { n: 0, same: 0, moreUrgent: 0, lessUrgent: 0 };
const row = (shown: boolean | null, reviews: number, own = none) => ({
  shown,
  reviews,
  hasty: 1,
  pairs: { ownAndDraft: own, draftAndSigned: none, ownAndSigned: none, floorAndSigned: none },
});

describe('agreement in sum', () => {
  it('adds what every pack, prompt and model gave', () => {
    const sums = summed([
      row(true, 10, { n: 8, same: 6, moreUrgent: 1, lessUrgent: 1 }),
      row(false, 5, { n: 2, same: 1, moreUrgent: 0, lessUrgent: 1 }),
    ]);
    expect(sums).toMatchObject({
      reviews: 15,
      hasty: 2,
      ownAndDraft: { n: 10, same: 7, moreUrgent: 1, lessUrgent: 2 },
    });
  });

  it('counts as offered only what somebody could see', () => {
    expect(summed([row(true, 10), row(false, 5), row(null, 7)]).offered).toBe(10);
  });

  it('has no share of nothing', () => {
    expect([percentOf(0, 0), percentOf(1, 3), percentOf(3, 3)]).toEqual(['—', '33%', '100%']);
  });
});
