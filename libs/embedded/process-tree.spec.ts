import { descendants } from './process-tree';

describe('descendants', () => {
  const parents = new Map([
    [10, 1],
    [20, 10],
    [21, 10],
    [30, 21],
    [40, 2],
  ]);

  it('finds all below, parents first', () => {
    expect(descendants(10, parents)).toEqual([20, 21, 30]);
  });

  it('finds nothing below a leaf, and nothing of others', () => {
    expect(descendants(30, parents)).toEqual([]);
    expect(descendants(10, parents)).not.toContain(40);
  });
});
