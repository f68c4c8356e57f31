import { nudgeOf } from './nudge';

describe('the nudge of own figures', () => {
  it('is of haste first, even where they are few', () => {
    expect(nudgeOf({ signed: 4, unchangedRate: 1, hasty: 1 })).toBe('hasty');
    expect(nudgeOf({ signed: 100, unchangedRate: 0.99, hasty: 5 })).toBe('hasty');
  });

  it('is none of one slip among many', () => {
    expect(nudgeOf({ signed: 100, unchangedRate: 0.6, hasty: 1 })).toBe('steady');
  });

  it('waits until there is something to see', () => {
    expect(nudgeOf({ signed: 9, unchangedRate: 1, hasty: 0 })).toBe('few');
    expect(nudgeOf({ signed: 10, unchangedRate: 1, hasty: 0 })).toBe('unchanged');
    expect(nudgeOf({ signed: 10, unchangedRate: null, hasty: 0 })).toBe('steady');
  });
});
