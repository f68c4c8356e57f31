import { news2 } from './news2';
import {
  indicatorPackSchema,
  levelPackSchema,
  scorePackSchema,
  screeningPackSchema,
  triagePacksSchema,
} from './pack.schema';
import { referencePacks, screeningOf } from './reference-packs';

const [children, youths, adults] = referencePacks.ageGroups;

describe('triagePacksSchema', () => {
  it('accepts the reference packs unchanged', () => {
    expect(triagePacksSchema.parse(referencePacks)).toEqual(referencePacks);
  });

  it('refuses ages without a table, ages with two, and no table at all', () => {
    const without = (ageGroups: unknown) => triagePacksSchema.safeParse({ ...referencePacks, ageGroups }).success;
    expect(without([])).toBe(false);
    expect(without([children, adults])).toBe(false);
    expect(without([children, youths, { ...adults, age: { from: 5000 } }])).toBe(false);
    expect(without([children, youths, { ...adults, age: { from: 5844, below: 40_000 } }])).toBe(false);
    expect(without([adults, children, youths])).toBe(true);
  });

  const faults = (packs: unknown): string[] =>
    (triagePacksSchema.safeParse(packs).error?.issues ?? []).map(
      ({ path, message }) => `${path.join('.')}: ${message}`,
    );

  it('refuses a rule over a score that is not loaded, and names the rule', () => {
    expect(faults({ ...referencePacks, scores: [] })).toEqual([
      'additions.1.scoreRules.0.score: a rule reads a score that is not loaded',
    ]);
  });

  it('refuses a rule id that stands twice in a pack, and one pack id for two packs', () => {
    const { pack } = adults!;
    const doubled = { ...pack, rules: [...pack.rules, { ...pack.rules[0], parameter: 'gcs' }] };
    expect(faults({ ...referencePacks, ageGroups: [children, { ...youths, pack: doubled }, adults] })).toEqual([
      `ageGroups.1.pack.rules.${pack.rules.length}.id: a rule id stands twice`,
      'ageGroups.2.pack.id: one id stands for two packs',
    ]);
  });
});

describe('levelPackSchema', () => {
  const [rule] = adults!.pack.rules;
  const withBands = (bands: unknown) =>
    levelPackSchema.safeParse({ ...adults!.pack, rules: [{ ...rule, bands }] }).success;

  it('refuses empty and turned bands, words mixed with numbers, unknown levels and unknown keys', () => {
    expect(withBands([{ from: 1, to: 2, level: 'I' }])).toBe(true);
    expect(withBands([{ level: 'I' }])).toBe(false);
    expect(withBands([{ from: 50, to: 40, level: 'I' }])).toBe(false);
    expect(withBands([{ from: 1, in: ['A'], level: 'I' }])).toBe(false);
    expect(withBands([{ from: 1, level: 'V' }])).toBe(false);
    expect(withBands([{ from: '1', level: 'I' }])).toBe(false);
    expect(withBands([{ from: 1, level: 'I', until: 3 }])).toBe(false);
    expect(withBands([])).toBe(false);
  });

  it('asks who approved it, since when, and the notice', () => {
    for (const key of ['approvedBy', 'effectiveFrom', 'notice', 'version']) {
      expect(levelPackSchema.safeParse({ ...adults!.pack, [key]: undefined }).success).toBe(false);
    }
    expect(levelPackSchema.safeParse({ ...adults!.pack, approvedBy: 'Dr. Wang' }).success).toBe(true);
  });
});

describe('scorePackSchema', () => {
  const accepts = (parameter: string, bands: unknown): boolean =>
    scorePackSchema.safeParse({ ...news2, items: [{ id: parameter, sources: [{ parameter, bands }] }] }).success;

  it('accepts news2 and refuses negative points', () => {
    expect(scorePackSchema.safeParse(news2).success).toBe(true);
    expect(
      accepts('pulse', [
        { from: 0, points: 1 },
        { below: 0, points: 0 },
      ]),
    ).toBe(true);
    expect(
      accepts('pulse', [
        { from: 0, points: -1 },
        { below: 0, points: 0 },
      ]),
    ).toBe(false);
  });

  it('refuses a scale with a hole: at a step, at an end, among words, on oxygen only', () => {
    expect(
      accepts('pulse', [
        { to: 50, points: 1 },
        { from: 51, points: 0 },
      ]),
    ).toBe(true);
    expect(
      accepts('pulse', [
        { to: 50, points: 1 },
        { from: 52, points: 0 },
      ]),
    ).toBe(false);
    expect(
      accepts('temperature', [
        { to: 36, points: 1 },
        { from: 36.1, points: 0 },
      ]),
    ).toBe(true);
    expect(
      accepts('temperature', [
        { to: 36, points: 1 },
        { from: 36.2, points: 0 },
      ]),
    ).toBe(false);
    expect(accepts('pulse', [{ from: 0, to: 300, points: 1 }])).toBe(false);
    expect(accepts('consciousness', [{ in: ['A', 'C', 'V', 'P'], points: 0 }])).toBe(false);
    expect(
      accepts('spo2', [
        { to: 92, points: 1 },
        { from: 93, points: 0, onOxygen: false },
      ]),
    ).toBe(false);
  });
});

describe('indicatorPackSchema', () => {
  it('refuses an indicator that stands twice', () => {
    const { indicators } = referencePacks;
    const twice = { ...indicators, indicators: [...indicators.indicators, indicators.indicators[0]] };
    expect(indicatorPackSchema.safeParse(twice).success).toBe(false);
  });
});

describe('screeningPackSchema', () => {
  const rule = { id: 'fever', precaution: 'fever-clinic', allOf: [[{ temperatureFrom: 37.3 }]], source: 'ours' };
  const accepts = (...rules: readonly object[]) =>
    screeningPackSchema.safeParse({ ...screeningOf(referencePacks), rules }).success;

  it('accepts a hospital’s own thresholds, and a set that has no screening', () => {
    expect(accepts(rule, { ...rule, id: 'told', allOf: [[{ answer: 'recentFever' }], [{ answer: 'rash' }]] })).toBe(
      true,
    );
    const { screening: _none, ...before } = referencePacks;
    expect(triagePacksSchema.safeParse(before).success).toBe(true);
  });

  it('refuses what would always hold, an unknown question or precaution, and a rule that stands twice', () => {
    expect(accepts({ ...rule, allOf: [] })).toBe(false);
    expect(accepts({ ...rule, allOf: [[]] })).toBe(false);
    expect(accepts({ ...rule, allOf: [[{ answer: 'hiccups' }]] })).toBe(false);
    expect(accepts({ ...rule, precaution: 'quarantine' })).toBe(false);
    expect(accepts({ ...rule, allOf: [[{ temperatureFrom: 373 }]] })).toBe(false);
    expect(accepts(rule, rule)).toBe(false);
  });
});
