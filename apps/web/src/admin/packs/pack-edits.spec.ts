import { triagePacksSchema } from '#libs/packs/pack.schema';
import { referencePacks } from '#libs/packs/reference-packs';
import { levelPacksOf, temperatureLimits, withBands, withTemperature } from './pack-edits';

const place = { packId: 'cn-consensus-2018', list: 'rules', ruleId: 'pulse' } as const;

describe('editing rule packs', () => {
  it('lists every table once, though several ages share it', () => {
    const ids = levelPacksOf(referencePacks).map(({ pack }) => pack.id);
    expect(ids).toContain('cn-consensus-2018');
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('changes a shared table for all ages at once, so that the set stays valid', () => {
    const edited = withBands(referencePacks, place, [{ above: 170, level: 'I' }]);
    const tables = edited.ageGroups.filter(({ pack }) => pack.id === place.packId);
    expect(tables.length).toBeGreaterThan(1);
    for (const { pack } of tables)
      expect(pack.rules.find(({ id }) => id === 'pulse')?.bands).toEqual([{ above: 170, level: 'I' }]);
    expect(triagePacksSchema.safeParse(edited).success).toBe(true);
  });

  it('leaves the set it began with as it was', () => {
    const before = JSON.stringify(referencePacks);
    withBands(referencePacks, place, []);
    withTemperature(referencePacks, temperatureLimits(referencePacks)[0]?.path ?? '', 39);
    expect(JSON.stringify(referencePacks)).toBe(before);
  });

  it('changes one temperature limit of the screening', () => {
    const [first] = temperatureLimits(referencePacks);
    const edited = withTemperature(referencePacks, first?.path ?? '', 38.5);
    expect(temperatureLimits(edited)[0]?.temperature).toBe(38.5);
    expect(temperatureLimits(edited).slice(1)).toEqual(temperatureLimits(referencePacks).slice(1));
  });
});
