import { packsOf, referencePacks } from './reference-packs';

describe('referencePacks', () => {
  it('all say that nobody validated or approved them', () => {
    for (const pack of packsOf(referencePacks)) {
      expect(pack.approvedBy).toBeNull();
      expect(pack.notice).toEqual({
        zh: '参考规则包,未经临床验证',
        en: 'reference pack, not validated for clinical use',
      });
      expect(pack.effectiveFrom).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  });

  it('have ids of their own, each listed once', () => {
    expect(packsOf(referencePacks).map(({ id }) => id)).toEqual([
      'cn-his-paediatric',
      'cn-consensus-2018',
      'consciousness',
      'news2-levels',
      'news2',
      'cn-indicators-2018',
    ]);
  });

  it('survive storage as JSON', () => {
    expect(JSON.parse(JSON.stringify(referencePacks))).toEqual(referencePacks);
  });
});
