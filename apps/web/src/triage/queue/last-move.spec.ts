import { forgetMove, rememberMove, takeLastMove } from './last-move';

const moved = { caseId: 'c1', version: 3, moveId: 'm1', state: 'called', room: '1', moves: [], reviewId: null };

describe('the last move of this screen', () => {
  it('is taken back once', () => {
    rememberMove({ ...moved, disposition: null } as never);
    rememberMove({ ...moved, moveId: 'm2', version: 4, disposition: null } as never);
    expect(takeLastMove()).toEqual({ caseId: 'c1', version: 4, moveId: 'm2' });
    expect(takeLastMove()).toBeNull();
  });

  it('stays when an earlier one is taken back from its message', () => {
    rememberMove({ ...moved, disposition: null } as never);
    forgetMove('m0');
    expect(takeLastMove()).toMatchObject({ moveId: 'm1' });
    rememberMove({ ...moved, disposition: null } as never);
    forgetMove('m1');
    expect(takeLastMove()).toBeNull();
  });
});
