import { clockFinding, examineDisk, examineNode, isAtLeast } from './machine';

describe('a version', () => {
  it.each([
    ['24.21.0', '24.15.0', true],
    ['24.15.0', '24.15.0', true],
    ['25.0.0', '24.15.0', true],
    ['24.14.9', '24.15.0', false],
    ['22.22.0', '24.15.0', false],
    ['9.30.0', '24.15.0', false],
  ])('%s is at least %s: %p', (version, least, is) => {
    expect(isAtLeast(version, least)).toBe(is);
  });
});

describe('the machine', () => {
  it('runs a Node the product is made for', () => {
    expect(examineNode()).toMatchObject([{ state: 'ok', text: process.versions.node }]);
    expect(examineNode('20.20.2', '24.15.0')).toMatchObject([
      { state: 'fail', advice: expect.stringContaining('npm') },
    ]);
  });

  it.each([
    [0.5, 'fail'],
    [3, 'warn'],
    [50, 'ok'],
  ])('with %p GiB free: %s', (gib, state) => {
    expect(examineDisk('/var', () => gib * 2 ** 30)).toMatchObject([{ state, text: expect.stringContaining('/var') }]);
  });

  it.each([
    [0.5, 'ok'],
    [-5, 'warn'],
    [300, 'fail'],
  ])('with clocks %p s apart: %s', (seconds, state) => {
    const now = new Date('2026-11-23T08:00:00Z');
    expect(clockFinding(now, new Date(now.getTime() + seconds * 1000))).toMatchObject({ state });
  });
});
