import { isLockFile, newestOf } from './state-lock';

describe('the generations of a lock', () => {
  it('count by number, not by name', () => {
    const [second, tenth] = [
      { generation: 2, owner: null },
      { generation: 10, owner: null },
    ];
    expect(newestOf([second, tenth])).toBe(tenth);
    expect(newestOf([tenth, second])).toBe(tenth);
    expect(newestOf([])).toBeNull();
  });

  it('are told apart from what only looks like them', () => {
    expect(isLockFile('a.lock', 'a.lock.12')).toBe(true);
    for (const name of ['a.lock', 'a.lock.', 'a.lock.12.3f', 'b.a.lock.1', 'a.lock.x'])
      expect(isLockFile('a.lock', name)).toBe(false);
  });
});
