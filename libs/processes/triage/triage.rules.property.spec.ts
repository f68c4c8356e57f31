import fc from 'fast-check';
import { acuityRank, lowestFloor, type AcuityLevel } from '#libs/packs/acuity';
import { indicatorIds } from '#libs/packs/cn-indicators-2018';
import { referenceSets } from '#libs/packs/reference-packs';
import type { TriageInput } from './triage.assessment';
import { evaluateTriage } from './triage.rules';

type Vitals = TriageInput['assessment']['vitals'];

const holds = <T>(property: fc.IProperty<T>): void => fc.assert(property, { numRuns: 100 });
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const decimal = (min: number, max: number, perUnit: number) =>
  fc.integer({ min: min * perUnit, max: max * perUnit }).map((value) => value / perUnit);

const vitalsArbitrary: fc.Arbitrary<Vitals> = fc.record(
  {
    respiratoryRate: fc.integer({ min: 0, max: 90 }),
    spo2: fc.integer({ min: 50, max: 100 }),
    onOxygen: fc.boolean(),
    systolic: fc.integer({ min: 40, max: 260 }),
    diastolic: fc.integer({ min: 20, max: 160 }),
    pulse: fc.integer({ min: 20, max: 250 }),
    temperature: decimal(30, 43, 100),
    consciousness: fc.constantFrom('A', 'C', 'V', 'P', 'U'),
    gcs: fc.integer({ min: 3, max: 15 }),
    painScore: fc.integer({ min: 0, max: 10 }),
    flacc: fc.integer({ min: 0, max: 10 }),
    glucose: decimal(1, 20, 100),
    potassium: decimal(2, 9, 10),
  },
  { requiredKeys: [] },
);

const flagsArbitrary = fc.record(
  {
    hypercapnicTarget: fc.boolean(),
    noDyspnoea: fc.boolean(),
    pregnant: fc.boolean(),
    traumaMechanism: fc.boolean(),
    indicators: fc.uniqueArray(fc.constantFrom(...indicatorIds)),
    disabled: fc.boolean(),
  },
  { requiredKeys: [] },
);

const inputArbitrary: fc.Arbitrary<TriageInput> = fc.record({
  assessment: fc.record({
    complaint: fc.string(),
    vitals: vitalsArbitrary,
    flags: flagsArbitrary,
    measuredAt: fc.constant('2026-11-23T00:00:00Z'),
  }),
  patient: fc.record({
    ageDays: some(fc.oneof(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 4000, max: 40_000 }))),
    ageEstimated: fc.boolean(),
    sex: fc.constantFrom('female', 'male', 'unknown'),
  }),
});

const withVital = (input: TriageInput, name: keyof Vitals, value: unknown): TriageInput => ({
  ...input,
  assessment: { ...input.assessment, vitals: { ...input.assessment.vitals, [name]: value } },
});

const withFlags = (input: TriageInput, flags: TriageInput['assessment']['flags']): TriageInput => ({
  ...input,
  assessment: { ...input.assessment, flags: { ...input.assessment.flags, ...flags } },
});

/** Rank of a floor where none counts as least urgent. */
const rank = (floor: AcuityLevel | null): number => acuityRank(floor ?? lowestFloor);

/**
 * Where each parameter is normal at every age the tables know, and how far it may leave that point on both sides.
 * Between `low` and `high` nothing fires; the further from there, the more abnormal.
 */
type Tail = { readonly name: keyof Vitals; readonly worse: fc.Arbitrary<readonly [milder: number, graver: number]> };

const pair = (from: number, to: number, perUnit = 1) =>
  fc
    .tuple(
      decimal(Math.min(from, to), Math.max(from, to), perUnit),
      decimal(Math.min(from, to), Math.max(from, to), perUnit),
    )
    .map(([a, b]): readonly [number, number] => (Math.abs(a - from) <= Math.abs(b - from) ? [a, b] : [b, a]));

/** The pulse and the breathing that no rule of that age speaks of. */
const normalOf = (ageDays: number | undefined): { pulse: number; respiratoryRate: number } => {
  const days = ageDays ?? 12_000;
  if (days < 183) return { pulse: 120, respiratoryRate: 45 };
  if (days < 365) return { pulse: 110, respiratoryRate: 35 };
  if (days < 1096) return { pulse: 100, respiratoryRate: 25 };
  if (days < 2192) return { pulse: 90, respiratoryRate: 20 };
  return { pulse: 75, respiratoryRate: days < 3653 ? 18 : 12 };
};

const fixedTails: readonly Tail[] = [
  { name: 'systolic', worse: pair(115, 20) },
  { name: 'systolic', worse: pair(115, 300) },
  { name: 'diastolic', worse: pair(70, 200) },
  { name: 'temperature', worse: pair(37, 25, 100) },
  { name: 'temperature', worse: pair(37, 45, 100) },
  { name: 'gcs', worse: pair(15, 3) },
  { name: 'glucose', worse: pair(6, 0, 100) },
  { name: 'potassium', worse: pair(4, 12, 10) },
  { name: 'flacc', worse: pair(0, 10) },
];

/** Scores that a counterfactual may name; no single reading can be set to them. */
const scores = ['news2', 'mews'];

describe.each(Object.entries(referenceSets))('%s', (set, packs) => {
  const evaluate = (input: TriageInput) => evaluateTriage(input, packs);

  const expectMonotone = (
    input: TriageInput,
    name: keyof Vitals,
    [milder, graver]: readonly [number, number],
  ): void => {
    const mild = evaluate(withVital(input, name, milder));
    const grave = evaluate(withVital(input, name, graver));
    expect(rank(grave.floor)).toBeLessThanOrEqual(rank(mild.floor));
    expect(grave.earlyWarning?.lowerBound ?? 0).toBeGreaterThanOrEqual(mild.earlyWarning?.lowerBound ?? 0);
    expect(acuityRank(grave.proposedLevel ?? lowestFloor)).toBeLessThanOrEqual(
      acuityRank(mild.proposedLevel ?? lowestFloor),
    );
  };

  describe('more abnormal never gives a less urgent floor', () => {
    it.each(fixedTails.map((tail, i) => [`${tail.name} #${i}`, tail] as const))('%s', (_title, { name, worse }) => {
      holds(fc.property(inputArbitrary, worse, (input, values) => expectMonotone(input, name, values)));
    });

    it.each([
      ['pulse', 0],
      ['pulse', 300],
      ['respiratoryRate', 0],
      ['respiratoryRate', 140],
    ] as const)('%s towards %d, from what is normal at that age', (name, end) => {
      const both = inputArbitrary.chain((input) =>
        fc.tuple(fc.constant(input), pair(normalOf(input.patient.ageDays)[name], end)),
      );
      holds(fc.property(both, ([input, values]) => expectMonotone(input, name, values)));
    });

    it('spo2 downwards, where more oxygen in the blood is not itself a danger', () => {
      const onScale1OrAir = inputArbitrary.filter(
        ({ assessment: { flags, vitals } }) => flags.hypercapnicTarget !== true || vitals.onOxygen !== true,
      );
      holds(fc.property(onScale1OrAir, pair(100, 0), (input, values) => expectMonotone(input, 'spo2', values)));
    });

    it('spo2 away from the target on scale 2 with oxygen, to both sides', () => {
      const scale2 = inputArbitrary.map((input) =>
        withVital(withFlags(input, { hypercapnicTarget: true }), 'onOxygen', true),
      );
      holds(
        fc.property(scale2, pair(92, 0), pair(95, 100), (input, low, high) => {
          expectMonotone(input, 'spo2', low);
          expectMonotone(input, 'spo2', high);
        }),
      );
    });

    it.each([
      ['A', 'C'],
      ['A', 'V'],
      ['V', 'P'],
      ['C', 'U'],
    ] as const)('consciousness from %s to %s', (milder, graver) => {
      holds(
        fc.property(inputArbitrary, (input) => {
          const grave = evaluate(withVital(input, 'consciousness', graver));
          expect(rank(grave.floor)).toBeLessThanOrEqual(
            rank(evaluate(withVital(input, 'consciousness', milder)).floor),
          );
        }),
      );
    });

    it('oxygen needed is never less urgent than air, for the same reading', () => {
      holds(
        fc.property(inputArbitrary, (input) => {
          const air = evaluate(withVital(input, 'onOxygen', false));
          const oxygen = evaluate(withVital(input, 'onOxygen', true));
          expect(rank(oxygen.floor)).toBeLessThanOrEqual(rank(air.floor));
        }),
      );
    });
  });

  describe('a missing input never counts as normal', () => {
    const removable = [
      'respiratoryRate',
      'spo2',
      'onOxygen',
      'systolic',
      'diastolic',
      'pulse',
      'temperature',
      'gcs',
      'consciousness',
      'glucose',
      'potassium',
    ] as const;

    it.each(removable)('without %s floor and score are lower bounds of what any reading would give', (name) => {
      holds(
        fc.property(inputArbitrary, vitalsArbitrary, (input, other) => {
          const without = evaluate(withVital(input, name, undefined));
          const completed = evaluate(withVital(input, name, other[name]));
          expect(rank(completed.floor)).toBeLessThanOrEqual(rank(without.floor));
          expect(completed.earlyWarning?.lowerBound ?? 0).toBeGreaterThanOrEqual(without.earlyWarning?.lowerBound ?? 0);
        }),
      );
    });

    it('an adult evaluation is complete only with all seven inputs of the score', () => {
      const adults = inputArbitrary.filter(
        ({ patient, assessment }) => (patient.ageDays ?? 0) >= 5844 && assessment.flags.pregnant !== true,
      );
      holds(
        fc.property(adults, (input) => {
          const { vitals } = input.assessment;
          const seven = [
            vitals.respiratoryRate,
            vitals.spo2,
            vitals.onOxygen,
            vitals.systolic,
            vitals.pulse,
            vitals.temperature,
          ];
          const complete =
            seven.every((value) => value !== undefined) && (vitals.consciousness ?? vitals.gcs) !== undefined;
          const { incomplete, earlyWarning, missing } = evaluate(input);
          expect(incomplete).toBe(!complete);
          expect(earlyWarning).toMatchObject({
            incomplete: !complete,
            score: complete ? earlyWarning?.lowerBound : null,
          });
          expect(missing.length > 0).toBe(incomplete);
        }),
      );
    });

    it('without an age the evaluation is incomplete, provisional and, for an adult, no less urgent', () => {
      holds(
        fc.property(inputArbitrary, (input) => {
          const ageless = evaluate({ ...input, patient: { ...input.patient, ageDays: undefined } });
          expect(ageless).toMatchObject({ incomplete: true, provisional: true });
          const ageDays = input.patient.ageDays ?? 0;
          const movedByAge = set === 'cn-his-mews' && ageDays >= 29_586;
          if (ageDays >= 3653 && !movedByAge)
            expect(rank(ageless.floor)).toBeLessThanOrEqual(rank(evaluate(input).floor));
        }),
      );
    });
  });

  describe('an evaluation', () => {
    it('is the same twice, leaves its input alone and survives JSON', () => {
      holds(
        fc.property(inputArbitrary, (input) => {
          const before = JSON.stringify(input);
          const evaluation = evaluate(input);
          expect(evaluate(input)).toEqual(evaluation);
          expect(JSON.parse(JSON.stringify(evaluation))).toStrictEqual(evaluation);
          expect(JSON.stringify(input)).toBe(before);
        }),
      );
    });

    it('has a floor exactly as urgent as the most urgent rule it tells, and proposals that move nothing', () => {
      holds(
        fc.property(inputArbitrary, (input) => {
          const { floor, fired, proposals } = evaluate(input);
          const top = fired.map(({ level }) => acuityRank(level));
          expect(rank(floor)).toBe(Math.min(acuityRank(lowestFloor), ...top));
          expect(fired.every(({ effect, text }) => effect === 'floor' && text.zh !== '' && text.en !== '')).toBe(true);
          expect(evaluate(withFlags(input, { indicators: [] })).floor).toBe(floor);
          expect(proposals.every(({ effect }) => effect === 'proposal')).toBe(true);
        }),
      );
    });

    it('keeps its counterfactual promise: with those values the rule gives that level', () => {
      holds(
        fc.property(inputArbitrary, (input) => {
          for (const { ruleId, parameter, counterfactuals } of evaluate(input).fired) {
            if (scores.includes(parameter)) continue;
            for (const { value, level } of counterfactuals) {
              const changed = evaluate(withVital(input, parameter as keyof Vitals, value));
              expect(changed.fired.find((finding) => finding.ruleId === ruleId)?.level ?? null).toBe(level);
            }
          }
        }),
      );
    });

    it('never promises too much: with all changes together the floor is no more urgent than it says', () => {
      holds(
        fc.property(inputArbitrary, (input) => {
          const promise = evaluate(input).floorCounterfactual;
          const onScale2 = input.assessment.flags.hypercapnicTarget === true;
          if (promise === null || onScale2 || promise.changes.some(({ parameter }) => scores.includes(parameter)))
            return;
          const changed = promise.changes.reduce(
            (now, { parameter, value }) => withVital(now, parameter as keyof Vitals, value),
            input,
          );
          expect(rank(evaluate(changed).floor)).toBeGreaterThanOrEqual(acuityRank(promise.level));
          expect(acuityRank(promise.level)).toBeGreaterThan(rank(evaluate(input).floor));
        }),
      );
    });
  });
});
