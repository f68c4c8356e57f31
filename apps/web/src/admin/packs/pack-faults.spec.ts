import { referencePacks } from '#libs/packs/reference-packs';
import { packFaults, refusedFaults } from './pack-faults';
import { withBands } from './pack-edits';

const pulse = { packId: 'cn-consensus-2018', list: 'rules', ruleId: 'pulse' } as const;
const copy = () => JSON.parse(JSON.stringify(referencePacks)) as Record<string, never>;

describe('faults of edited rule packs', () => {
  it('are none in what ships with the product', () => {
    expect(packFaults(referencePacks)).toEqual([]);
  });

  it('name an empty band where it stands, in each table that shares it', () => {
    const edited = withBands(referencePacks, pulse, [{ from: 50, to: 40, level: 'I' }]);
    const faults = packFaults(edited);
    expect(faults.length).toBeGreaterThan(0);
    for (const { path, kind } of faults) {
      expect(kind).toBe('band');
      expect(path).toMatch(/^ageGroups\.\d\.pack\.rules\.0\.bands\.0$/);
    }
  });

  it('name a key that does not belong, an unknown level, a missing list', () => {
    const odd = { ...copy(), colour: 'red' };
    expect(packFaults(odd)).toContainEqual({ path: 'colour', kind: 'unknownKey' });
    const edited = withBands(referencePacks, pulse, [{ from: 50, level: 'V' as 'I' }]);
    expect(packFaults(edited)[0]?.kind).toBe('value');
    const { scores: _, ...without } = copy();
    expect(packFaults(without)).toContainEqual({ path: 'scores', kind: 'type' });
  });

  it('name an age without a table', () => {
    expect(packFaults({ ...copy(), ageGroups: referencePacks.ageGroups.slice(1) })).toContainEqual({
      path: 'ageGroups',
      kind: 'ages',
    });
  });

  it('take over the paths the API refused, once', () => {
    const known = [{ path: 'scores', kind: 'type' }] as const;
    expect(refusedFaults(['content.scores', 'content.additions.0', 'note', 7], known)).toEqual([
      { path: 'additions.0', kind: 'wrong' },
    ]);
    expect(refusedFaults(undefined, [])).toEqual([]);
  });
});
