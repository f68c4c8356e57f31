import { referenceSets } from '#libs/packs/reference-packs';
import { changes, countChanges, dryRun, movesOf } from './triage.dry-run';

const packs = { inForce: referenceSets['cn-consensus-2018'], candidate: referenceSets['cn-his-mews'] };
const input = (vitals: { pulse?: number; painScore?: number }) => ({
  assessment: { complaint: '', vitals, flags: {}, measuredAt: '2026-11-23T00:00:00Z' },
  patient: { ageDays: 14_600, ageEstimated: false, sex: 'male' as const },
});

describe('dryRun', () => {
  it('tells floor and proposal under both sets', () => {
    expect(dryRun(input({ pulse: 145 }), packs)).toEqual({
      floor: { from: 'III', to: 'II' },
      proposed: { from: 'III', to: 'II' },
    });
    expect(dryRun(input({}), packs)).toEqual({ floor: { from: null, to: null }, proposed: { from: null, to: null } });
  });

  it('knows a change from none', () => {
    expect(changes(dryRun(input({ pulse: 145 }), packs))).toBe(true);
    expect(changes(dryRun(input({ pulse: 70, painScore: 7 }), packs))).toBe(false);
  });
});

describe('countChanges', () => {
  it('goes by urgency: IV and IVa are equals, no level is the least urgent', () => {
    expect(
      countChanges([
        { from: 'IV', to: 'IVa' },
        { from: null, to: 'IV' },
        { from: 'III', to: 'I' },
        { from: null, to: 'II' },
        { from: 'II', to: null },
      ]),
    ).toEqual({ same: 2, moreUrgent: 2, lessUrgent: 1 });
  });
});

describe('movesOf', () => {
  it('counts each change once by its ends, the most frequent first', () => {
    const all = [
      { from: 'III', to: 'II' },
      { from: 'IV', to: 'III' },
      { from: 'IV', to: 'III' },
      { from: 'I', to: 'I' },
    ] as const;
    expect(movesOf(all)).toEqual([
      { from: 'IV', to: 'III', count: 2 },
      { from: 'III', to: 'II', count: 1 },
    ]);
  });
});
