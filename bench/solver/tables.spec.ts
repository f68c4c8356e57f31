import { isThere, type SolverResult } from './results';
import { gapOf, tablesOf, withTables } from './tables';

const result = (over: Partial<SolverResult>): SolverResult => ({
  bench: 'B2',
  instance: 'one',
  problem: 'pas',
  cost: 110,
  parts: { medium: 0, soft: 110 },
  violations: 0,
  reference: 100,
  iterationsPerSecond: 5,
  seconds: 59.9,
  limit: 60,
  threads: 2,
  seed: 1,
  rssMb: 200,
  hardware: 'a machine',
  commit: 'abc',
  code: 'def',
  date: '2026-11-24T00:00:00.000Z',
  load: 0.1,
  ...over,
});

describe('tables of the solver', () => {
  it('say how far a cost is above its reference, and a hundred where there is no plan or a broken rule', () => {
    expect(gapOf(result({}))).toBeCloseTo(10);
    expect(gapOf(result({ cost: null, violations: null }))).toBe(100);
    expect(gapOf(result({ violations: 1 }))).toBe(100);
  });

  it('compare nights without a bed where not everybody can have one', () => {
    expect(gapOf(result({ bench: 'B2o', parts: { medium: 1339.26 }, reference: 1326 }))).toBeCloseTo(1);
  });

  it('take the last result of each instance at the longest limit, and the mean of them', () => {
    const text = tablesOf([
      result({ limit: 20, cost: 500 }),
      result({ cost: 120 }),
      result({ cost: 110 }),
      result({ instance: 'two', cost: 130 }),
    ]);
    expect(text).toContain('2 instances, 2 without a violation, **mean gap 20.00 %** (10.00 to 30.00)');
    expect(text).not.toContain('120');
  });

  it('leave the page around them alone, and want a place', () => {
    const page =
      'before <!-- solver tables: written by npm run bench:solver --> old <!-- end of the solver tables --> after';
    expect(withTables(page, 'new')).toMatch(/^before <!--[^>]+-->\n\nnew\n<!--[^>]+--> after$/);
    expect(() => withTables('a page', 'new')).toThrow('no place');
  });
});

describe('results', () => {
  it('need not be made again for the same code, limit and seed', () => {
    expect(isThere([result({})], result({ commit: 'later' }))).toBe(true);
    expect(isThere([result({})], result({ code: 'changed' }))).toBe(false);
    expect(isThere([result({})], result({ limit: 600 }))).toBe(false);
  });
});
