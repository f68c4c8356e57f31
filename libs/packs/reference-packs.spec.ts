import { triagePacksSchema } from './pack.schema';
import { packsOf, referencePacks, referenceSets } from './reference-packs';

describe('referenceSets', () => {
  it('begin with the one a new installation works by', () => {
    expect(Object.values(referenceSets)[0]).toBe(referencePacks);
    expect(Object.keys(referenceSets)).toEqual(['cn-consensus-2018', 'cn-his-mews']);
  });

  it.each(Object.entries(referenceSets))('%s passes the checks of an edited set and survives storage', (_name, set) => {
    expect(triagePacksSchema.parse(JSON.parse(JSON.stringify(set)))).toEqual(set);
  });

  it('all say that nobody validated or approved them', () => {
    for (const pack of Object.values(referenceSets).flatMap(packsOf)) {
      expect(pack.approvedBy).toBeNull();
      expect(pack.notice).toEqual({
        zh: '参考规则包，未经临床验证',
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
      'cn-infection-screening',
    ]);
    expect(packsOf(referenceSets['cn-his-mews']).map(({ id }) => id)).toEqual([
      'cn-his-paediatric',
      'cn-his-mews',
      'consciousness',
      'news2-levels',
      'news2',
      'mews',
      'cn-indicators-2018',
      'cn-infection-screening',
    ]);
    const stored = JSON.parse(JSON.stringify(referencePacks)) as typeof referencePacks;
    expect(packsOf(stored)).toHaveLength(packsOf(referencePacks).length);
  });
});
