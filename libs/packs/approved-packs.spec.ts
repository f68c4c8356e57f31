import { approvedPacks } from './approved-packs';
import { packsOf, referencePacks } from './reference-packs';

describe('approvedPacks', () => {
  const approved = approvedPacks(referencePacks, {
    number: 3,
    approvedBy: '王主任',
    effectiveFrom: '2026-12-01',
  });

  it('names the version and the approver on every pack, whatever its text said', () => {
    for (const pack of packsOf(approved))
      expect(pack).toMatchObject({ version: 'v3', approvedBy: '王主任', effectiveFrom: '2026-12-01' });
  });

  it('changes nothing else', () => {
    const same = { version: '1.0.0', approvedBy: null, effectiveFrom: '2026-11-01' };
    const back = JSON.parse(JSON.stringify(approved), (_key, value: unknown) =>
      typeof value === 'object' && value !== null && 'approvedBy' in value ? { ...value, ...same } : value,
    ) as unknown;
    expect(back).toEqual(referencePacks);
  });

  it('leaves a set that nobody approved without an approver', () => {
    const draft = approvedPacks(referencePacks, { number: 4, approvedBy: null, effectiveFrom: null });
    expect(draft.indicators).toMatchObject({ version: 'v4', approvedBy: null, effectiveFrom: '2026-11-01' });
  });
});
