import fc from 'fast-check';
import { isFinal, reviewMoves, type ReviewState, reviewStates } from './review';

describe('the states of a review', () => {
  it('end in a decision or a withdrawal, for good', () => {
    expect(reviewStates.filter(isFinal)).toEqual(['decided', 'withdrawn']);
    expect([reviewMoves.decided, reviewMoves.withdrawn]).toEqual([[], []]);
  });

  it('come back to open only from waiting for a second signature', () => {
    expect(reviewStates.filter((state) => reviewMoves[state].includes('open'))).toEqual(['awaiting-second']);
  });

  it('are all reached from open, and no walk leaves a final one', () => {
    const seen = new Set<ReviewState>(['open']);
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 12 }), (choices) => {
        let state: ReviewState = 'open';
        for (const choice of choices) {
          const next: readonly ReviewState[] = reviewMoves[state];
          if (isFinal(state)) expect(next).toEqual([]);
          state = next[choice % next.length] ?? state;
          seen.add(state);
        }
      }),
    );
    expect([...seen].toSorted()).toEqual([...reviewStates].toSorted());
  });
});
