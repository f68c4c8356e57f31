import { rememberMove, takeLastMove } from './last-move';

describe('the last move of this screen', () => {
  it('is taken back once', () => {
    const moved = { caseId: 'c1', version: 3, moveId: 'm1', state: 'called', room: '1', moves: [], reviewId: null };
    rememberMove({ ...moved, disposition: null } as never);
    rememberMove({ ...moved, moveId: 'm2', version: 4, disposition: null } as never);
    expect(takeLastMove()).toEqual({ caseId: 'c1', version: 4, moveId: 'm2' });
    expect(takeLastMove()).toBeNull();
  });
});
