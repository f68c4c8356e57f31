import fc from 'fast-check';
import { approvedBy, decisionMismatch } from './approved';
import { decisionActions } from './gate';
import { type LedgerDecision } from './review';

const digest = 'c'.repeat(64);
const awaited = { reviewId: 'review-1' };
const decision: LedgerDecision = {
  decisionId: 'decision-1',
  reviewId: 'review-1',
  reviewVersion: 2,
  action: 'approve',
  draftVersion: 1,
  draftSha256: digest,
  contentSha256: digest,
};

describe('approvedBy', () => {
  it('brands the decision of the awaited review, unchanged', () => {
    expect(approvedBy(awaited, decision)).toBe(decision);
    const own: LedgerDecision = { ...decision, action: 'manual', draftVersion: 0, draftSha256: null };
    expect(approvedBy(awaited, own)).toBe(own);
  });

  it.each([
    ['no decision', null, 'none'],
    ['the decision of another review', { ...decision, reviewId: 'review-2' }, 'other-review'],
    ['a rejection', { ...decision, action: 'reject' as const }, 'rejected'],
    ['an approval of no draft', { ...decision, draftVersion: 0 }, 'unbound'],
    ['an approval without a digest', { ...decision, draftSha256: null }, 'unbound'],
    [
      'an amendment of no draft',
      { ...decision, action: 'amend' as const, draftVersion: 0, draftSha256: null },
      'unbound',
    ],
  ])('never brands %s', (_, forged, why) => {
    expect(approvedBy(awaited, forged)).toBeNull();
    expect(decisionMismatch(awaited, forged)).toBe(why);
  });

  it('brands nothing whose review, action and binding do not all fit', () => {
    const any = fc.record({
      decisionId: fc.string(),
      reviewId: fc.constantFrom('review-1', 'review-2', 'REVIEW-1', '', 'review-1 '),
      reviewVersion: fc.integer(),
      action: fc.constantFrom(...decisionActions),
      draftVersion: fc.constantFrom(0, 1, 2),
      draftSha256: fc.constantFrom(null, digest),
      contentSha256: fc.constant(digest),
    });
    fc.assert(
      fc.property(any, (loaded) => {
        const bound = loaded.action === 'manual' || (loaded.draftVersion > 0 && loaded.draftSha256 !== null);
        const opens = loaded.reviewId === 'review-1' && loaded.action !== 'reject' && bound;
        expect(approvedBy(awaited, loaded) !== null).toBe(opens);
      }),
      { numRuns: 2000 },
    );
  });
});
