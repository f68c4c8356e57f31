import { withMoved } from './use-near-rows';

describe('the rows near the screen', () => {
  it('are those that came, without those that went, and the others as they were', () => {
    const first = withMoved(null, [
      { key: 'a', near: true },
      { key: 'b', near: true },
      { key: 'z', near: false },
    ]);
    expect([...first]).toEqual(['a', 'b']);
    const second = withMoved(first, [
      { key: 'a', near: false },
      { key: 'c', near: true },
    ]);
    expect([...second]).toEqual(['b', 'c']);
    expect([...first]).toEqual(['a', 'b']);
  });
});
