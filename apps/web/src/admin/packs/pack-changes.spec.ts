import { referencePacks, referenceSets } from '#libs/packs/reference-packs';
import { packChanges } from './pack-changes';
import { withBands, withTemperature, temperatureLimits } from './pack-edits';

const pulse = { packId: 'cn-consensus-2018', list: 'rules', ruleId: 'pulse' } as const;

describe('what differs between rule packs', () => {
  it('is nothing between a set and itself', () => {
    expect(packChanges(referencePacks, referencePacks)).toEqual({ rules: [], others: [] });
  });

  it('names a rule once with its bands before and after, though several ages share the table', () => {
    const edited = withBands(referencePacks, pulse, [{ above: 170, level: 'I' }]);
    const { rules, others } = packChanges(referencePacks, edited);
    expect(rules).toHaveLength(1);
    expect(rules[0]).toMatchObject({
      packId: 'cn-consensus-2018',
      ruleId: 'pulse',
      reads: 'pulse',
      after: [{ text: '> 170', level: 'I' }],
    });
    expect(rules[0]?.before?.[0]).toEqual({ text: '> 180', level: 'I' });
    expect(others).toEqual([]);
  });

  it('names everything else by its path', () => {
    const [limit] = temperatureLimits(referencePacks);
    const edited = withTemperature(referencePacks, limit?.path ?? '', 38.4);
    const { rules, others } = packChanges(referencePacks, edited);
    expect(rules).toEqual([]);
    expect(others).toEqual([{ path: limit?.path, before: String(limit?.temperature), after: '38.4' }]);
  });

  it('overlooks no pack that another set has instead', () => {
    const { rules, others } = packChanges(referencePacks, referenceSets['cn-his-mews']);
    expect(rules.some(({ packId, after }) => packId === 'cn-consensus-2018' && after === null)).toBe(true);
    expect(rules.some(({ packId, before }) => packId === 'cn-his-mews' && before === null)).toBe(true);
    expect(others.some(({ path }) => path.startsWith('scores.1'))).toBe(true);
  });
});
