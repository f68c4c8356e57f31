import { examine, fail, ok, reportLines, warn } from './finding';

describe('an examination', () => {
  it('tells its findings in the order of its checks, however long each takes', async () => {
    const slow = () => new Promise<[ReturnType<typeof ok>]>((resolve) => setTimeout(() => resolve([ok('a', '1')]), 20));
    expect(await examine({ a: slow, b: () => [ok('b', '2'), warn('b', '3')] })).toEqual([
      { check: 'a', state: 'ok', text: '1' },
      { check: 'b', state: 'ok', text: '2' },
      { check: 'b', state: 'warn', text: '3' },
    ]);
  });

  it('tells of a check that breaks as a failure, and goes on', async () => {
    const broken = () => {
      throw new Error('no such thing');
    };
    const [first, second] = await examine({ broken, fine: () => [ok('fine', 'yes')] });
    expect(first).toMatchObject({ check: 'broken', state: 'fail', text: expect.stringContaining('no such thing') });
    expect(second).toMatchObject({ state: 'ok' });
  });
});

describe('the report', () => {
  it('has a line for each finding, advice below it, and the sum', () => {
    const lines = reportLines([ok('Node.js', '24'), fail('keys', 'one\ntwo', 'do this'), warn('model', 'away')]);
    expect(lines).toEqual([
      'ok    Node.js  24',
      'fail  keys     one\n               two',
      '               → do this',
      'warn  model    away',
      '',
      '3 checks: 1 ok, 1 to know, 1 to put right',
    ]);
  });
});
