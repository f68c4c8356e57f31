import { type Review } from '../api/types';
import { offersOf } from './offers';

const claim = (userId: string) => ({ userId, name: '', until: '2026-11-23T00:00:00Z' });
const standing = (allowed: Review['allowed'], of: Partial<Pick<Review, 'claim'>> = {}, pending = false) => ({
  allowed,
  claim: null,
  redraft: { round: 0, pending, fields: [], notes: [] },
  ...of,
});
const names = (...given: Parameters<typeof offersOf>) => offersOf(...given).map(({ name }) => name);

describe('what the action bar offers', () => {
  it('is what the review allows, in the order of the bar', () => {
    expect(names(standing(['escalate', 'defer', 'claim', 'redraft']), 'me')).toEqual([
      'claim',
      'redraft',
      'defer',
      'escalate',
    ]);
    expect(names(standing([]), 'me')).toEqual([]);
  });

  it('renews and releases what one holds oneself, and takes back what another holds', () => {
    expect(names(standing(['claim', 'release'], { claim: claim('me') }), 'me')).toEqual(['renew', 'release']);
    expect(names(standing(['release'], { claim: claim('another') }), 'me')).toEqual(['take']);
  });

  it('asks for no second draft while one is being written', () => {
    expect(names(standing(['redraft', 'defer'], {}, true), 'me')).toEqual(['defer']);
  });

  it('leaves signing and judging to the main button', () => {
    expect(names(standing(['approve', 'amend', 'manual', 'judge', 'second-signature', 'decline']), 'me')).toEqual([]);
  });
});
