import { planLinks } from './postgres-binaries';

describe('planLinks', () => {
  it('makes each link relative to its own folder, so that the whole can be moved', () => {
    const packed = [
      { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' },
      { source: 'native/lib/libicudata.so.60.2', target: 'native/lib/deep/libicudata.so' },
    ];
    expect(planLinks(packed)).toEqual([
      { path: 'lib/libpq.so.5', to: 'libpq.so.5.18' },
      { path: 'lib/deep/libicudata.so', to: '../libicudata.so.60.2' },
    ]);
  });

  it.each([
    ['/etc/passwd', 'native/lib/a'],
    ['native/lib/a', '/etc/passwd'],
    ['native/../../a', 'native/lib/a'],
    ['native/lib/a', 'other/lib/a'],
  ])('refuses %s → %s, which leaves the package', (source, target) => {
    expect(() => planLinks([{ source, target }])).toThrow(expect.objectContaining({ code: 'STATE_UNUSABLE' }));
  });
});
