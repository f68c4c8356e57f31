import {
  closingDispositions,
  dispositionOf,
  isEnded,
  isWaiting,
  movesFrom,
  queueStates,
  stateAfter,
  stateAfterUndo,
  triageMoves,
  triageStates,
} from './triage.moves';

describe('stateAfter', () => {
  it('leads a patient from the queue to the physician and out', () => {
    expect(stateAfter('call', 'waiting', true)).toBe('called');
    expect(stateAfter('see', 'called', true)).toBe('seen');
    expect(stateAfter('close', 'seen', true)).toBe('closed');
  });

  it('returns a called patient to where they stood', () => {
    expect(stateAfter('return', 'called', true)).toBe('waiting');
    expect(stateAfter('return', 'called', false)).toBe('assessing');
  });

  it('allows no move out of an ended case', () => {
    for (const state of triageStates.filter(isEnded))
      for (const move of triageMoves) expect(stateAfter(move, state, true)).toBeNull();
  });

  it('does not close a patient nobody has seen, nor cancel one who was seen', () => {
    expect(stateAfter('close', 'waiting', true)).toBeNull();
    expect(stateAfter('cancel', 'seen', true)).toBeNull();
  });
});

describe('movesFrom', () => {
  it('names exactly the possible moves', () => {
    for (const state of triageStates)
      expect(movesFrom(state)).toEqual(triageMoves.filter((move) => stateAfter(move, state, true) !== null));
    expect(movesFrom('awaiting-assessment')).toEqual(['leave', 'cancel']);
  });
});

describe('isWaiting', () => {
  it('runs the clock from the first assessment until a physician sees the patient', () => {
    expect(triageStates.filter(isWaiting)).toEqual(['assessing', 'waiting', 'called']);
  });
});

describe('stateAfterUndo', () => {
  it('is the state before every move, with whatever was signed then', () => {
    for (const decided of [true, false])
      for (const from of triageStates)
        for (const move of movesFrom(from)) {
          const to = stateAfter(move, from, decided);
          const back = stateAfterUndo(from, decided);
          expect(to).not.toBeNull();
          expect(back).toBe(from === 'assessing' || from === 'waiting' ? (decided ? 'waiting' : 'assessing') : from);
        }
  });

  it('counts a level that was signed while the move stood', () => {
    expect(stateAfterUndo('assessing', true)).toBe('waiting');
  });
});

describe('dispositionOf', () => {
  it('is what a physician says at the close, left for who leaves, and none for a cancelled case', () => {
    for (const given of closingDispositions) expect(dispositionOf('close', given)).toBe(given);
    expect(dispositionOf('leave', null)).toBe('left');
    expect(dispositionOf('cancel', 'home')).toBeNull();
    expect(dispositionOf('call', 'home')).toBeNull();
  });

  it('leaves leaving to its own move', () => {
    expect(closingDispositions).not.toContain('left');
  });
});

describe('queueStates', () => {
  it('are the states before a physician sees the patient', () => {
    expect(triageStates.filter((state) => queueStates.some((one) => one === state))).toEqual(triageStates.slice(0, 4));
  });
});
