import { referencePacks } from '#libs/packs/reference-packs';
import { inJson, readDraft } from './draft';
import { withBands } from './pack-edits';

const pulse = { packId: 'cn-consensus-2018', list: 'rules', ruleId: 'pulse' } as const;
const empty = [{ from: 50, to: 40, level: 'I' }] as const;

describe('a set while it is edited', () => {
  it('tells a fault of a shared table once', () => {
    const packs = withBands(referencePacks, pulse, empty);
    expect(readDraft({ mode: 'bands', packs }).faults).toEqual([
      { path: 'ageGroups.1.pack.rules.0.bands.0', kind: 'band' },
    ]);
  });

  it('is the same as text, with a line for everything', () => {
    const read = readDraft(inJson(referencePacks));
    expect([read.content, read.faults, read.broken]).toEqual([referencePacks, [], false]);
    expect(read.lines.get('ageGroups.0')).toBe(3);
  });

  it('has no content while the text is no JSON', () => {
    expect(readDraft({ mode: 'json', text: '{\n,}' })).toMatchObject({ broken: true, brokenAt: 2, faults: [] });
  });
});
