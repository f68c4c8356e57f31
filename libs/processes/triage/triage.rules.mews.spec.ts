import { referenceSets } from '#libs/packs/reference-packs';
import type { TriageInput } from './triage.assessment';
import { evaluateTriage, type TriageEvaluation } from './triage.rules';

type Vitals = TriageInput['assessment']['vitals'];
type Flags = TriageInput['assessment']['flags'];

const adult = 14_600;
const old = 29_586;
const normal = {
  respiratoryRate: 12,
  spo2: 98,
  onOxygen: false,
  systolic: 120,
  diastolic: 75,
  pulse: 70,
  temperature: 36.8,
  consciousness: 'A',
} as const satisfies Vitals;

const evaluate = (vitals: Vitals, ageDays: number | undefined = adult, flags: Flags = {}): TriageEvaluation =>
  evaluateTriage(
    {
      assessment: { complaint: '', vitals, flags, measuredAt: '2026-11-23T00:00:00Z' },
      patient: { ageEstimated: false, sex: 'unknown', ...(ageDays !== undefined && { ageDays }) },
    },
    referenceSets['cn-his-mews'],
  );

const rules = (evaluation: TriageEvaluation): string[] => evaluation.fired.map(({ ruleId }) => ruleId);
const codes = ({ notices }: TriageEvaluation): string[] => notices.map(({ code }) => code);

describe('a hospital that works by MEWS', () => {
  it.each([
    [3652, 'cn-his-paediatric'],
    [3653, 'cn-his-mews'],
    [5843, 'cn-his-mews'],
    [5844, 'cn-his-mews'],
    [40_000, 'cn-his-mews'],
  ])('on day %d has the table %s and no rival', (ageDays, id) => {
    const evaluation = evaluate(normal, ageDays);
    expect(evaluation.levelPack).toEqual({ id, version: '1.0.0' });
    expect(evaluation.packs.map((pack) => pack.id).filter((one) => one === 'cn-consensus-2018')).toEqual([]);
    expect(codes(evaluation).includes('no-paediatric-table')).toBe([3653, 5843].includes(ageDays));
  });

  it('scores by NEWS2 where that holds, otherwise by MEWS, and says so', () => {
    const scoreOf = (ageDays: number, flags: Flags = {}) => evaluate(normal, ageDays, flags).earlyWarning?.packId;
    expect([scoreOf(5844), scoreOf(5844, { pregnant: true }), scoreOf(5843)]).toEqual(['news2', 'mews', 'mews']);
    expect(scoreOf(3652)).toBeUndefined();
    expect(evaluate(normal, 5843).notices).toContainEqual({
      code: 'score-not-for-age',
      zh: 'NEWS2 不适用于该年龄',
      en: 'NEWS2: not made for this age',
    });
    expect(evaluate(normal, 3652).notices).toContainEqual(
      expect.objectContaining({ en: 'NEWS2, MEWS: not made for this age' }),
    );
  });

  it('asks for the diastolic pressure in pregnancy only', () => {
    expect(evaluate({ ...normal, diastolic: undefined }).missing).toEqual([]);
    expect(evaluate({ ...normal, diastolic: undefined }, adult, { pregnant: true }).missing).toEqual(['diastolic']);
  });

  it('is never less urgent with a pregnancy than the limits for everybody', () => {
    expect(evaluate({ ...normal, temperature: 41.5 }, adult, { pregnant: true }).floor).toBe('I');
    expect(evaluate({ ...normal, pulse: 50 }, adult, { pregnant: true }).floor).toBe('II');
    expect(evaluate({ ...normal, pulse: 105 }, adult, { pregnant: true }).floor).toBe('III');
  });
});

describe('one level up over 80 years', () => {
  it('begins on the 81st birthday and is a floor', () => {
    expect(evaluate(normal, old - 1).floor).toBe('IV');
    const moved = evaluate(normal, old);
    expect(moved).toMatchObject({ floor: 'III', proposedLevel: 'III', floorCounterfactual: null });
    expect(rules(moved)).toEqual(['cn-his-mews/age-over-80']);
    expect(moved.fired[0]?.text).toEqual({
      zh: '年龄超过 80 岁，上调一级 → Ⅲ级',
      en: 'over 80 years: one level up → level III',
    });
  });

  it.each([
    ['IV', {}, 'III'],
    ['III', { pulse: 115 }, 'II'],
    ['II', { pulse: 150 }, 'I'],
    ['I', { pulse: 181 }, 'I'],
  ] as const)('moves %s', (before, vitals, after) => {
    expect(evaluate({ ...normal, ...vitals }, adult).floor).toBe(before);
    expect(evaluate({ ...normal, ...vitals }, old).floor).toBe(after);
  });

  it('moves nothing where nothing was measured', () => {
    expect(evaluate({}, old)).toMatchObject({ floor: null, proposedLevel: null, fired: [] });
  });

  it('moves nothing while the age is unknown, and a child never', () => {
    const ageless = evaluateTriage(
      {
        assessment: { complaint: '', vitals: normal, flags: {}, measuredAt: '2026-11-23T00:00:00Z' },
        patient: { ageEstimated: false, sex: 'unknown' },
      },
      referenceSets['cn-his-mews'],
    );
    expect(ageless).toMatchObject({ floor: 'IV', provisional: true });
  });

  it('moves what the table gave, not what the additions gave', () => {
    const evaluation = evaluate({ ...normal, consciousness: 'V' }, old);
    expect(rules(evaluation)).toContain('consciousness/acvpu');
    expect(evaluation.floor).toBe('II');
  });

  it('promises a level as it ends up, moved', () => {
    expect(evaluate({ ...normal, pulse: 150 }, old)).toMatchObject({
      floor: 'I',
      floorCounterfactual: { changes: [{ parameter: 'pulse', relation: 'at-most', value: 140 }], level: 'II' },
    });
    expect(evaluate({ ...normal, spo2: 85 }, old)).toMatchObject({
      floor: 'I',
      floorCounterfactual: { changes: [{ parameter: 'spo2', relation: 'at-least', value: 91 }], level: 'III' },
    });
    expect(evaluate({ ...normal, pulse: 181 }, old).floorCounterfactual).toMatchObject({
      changes: [{ parameter: 'pulse', relation: 'at-most', value: 140 }],
      level: 'II',
    });
  });

  it('moves the proposal too', () => {
    const evaluation = evaluate({ ...normal, painScore: 7 }, old);
    expect(evaluation).toMatchObject({ floor: 'III', proposedLevel: 'I' });
    expect(evaluation.proposals.map(({ ruleId }) => ruleId)).toEqual(['cn-his-mews/age-over-80', 'cn-his-mews/pain']);
  });
});

describe('a dangerous trauma mechanism', () => {
  const trauma = { traumaMechanism: true };

  it('proposes one level up and binds nobody', () => {
    expect(evaluate(normal, adult, trauma)).toMatchObject({ floor: 'IV', proposedLevel: 'III' });
    expect(evaluate({ ...normal, pulse: 150 }, adult, trauma)).toMatchObject({ floor: 'II', proposedLevel: 'I' });
    expect(evaluate({ ...normal, pulse: 181 }, adult, trauma).proposals).toEqual([]);
  });

  it('moves up what the ticked indicators propose', () => {
    expect(evaluate({}, adult, { ...trauma, indicators: ['head-injury'] })).toMatchObject({
      floor: null,
      proposedLevel: 'II',
    });
  });

  it('together with the age moves by one level, not by two', () => {
    expect(evaluate(normal, old, trauma)).toMatchObject({ floor: 'III', proposedLevel: 'III' });
  });
});
