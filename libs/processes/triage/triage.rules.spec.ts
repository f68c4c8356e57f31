import { referencePacks } from '#libs/packs/reference-packs';
import type { TriageInput } from './triage.assessment';
import { evaluateTriage, type TriageEvaluation } from './triage.rules';

type Vitals = TriageInput['assessment']['vitals'];
type Flags = TriageInput['assessment']['flags'];

const adult = 14_600;
const normal = {
  respiratoryRate: 16,
  spo2: 98,
  onOxygen: false,
  systolic: 120,
  pulse: 70,
  temperature: 36.8,
  consciousness: 'A',
} as const satisfies Vitals;

const evaluate = (
  vitals: Vitals,
  patient: { ageDays?: number; ageEstimated?: boolean } = { ageDays: adult },
  flags: Flags = {},
) =>
  evaluateTriage(
    {
      assessment: { complaint: '', vitals, flags, measuredAt: '2026-11-23T00:00:00Z' },
      patient: { ageEstimated: false, sex: 'unknown', ...patient },
    },
    referencePacks,
  );

const codes = ({ notices }: TriageEvaluation): string[] => notices.map(({ code }) => code);
const fired = (evaluation: TriageEvaluation): string[] => evaluation.fired.map(({ ruleId }) => ruleId);

describe('consensus vectors', () => {
  it.each([
    ['pulse', 181, 'I'],
    ['pulse', 180, 'II'],
    ['pulse', 150, 'II'],
    ['pulse', 149, 'III'],
    ['pulse', 99, 'IV'],
    ['pulse', 39, 'I'],
    ['pulse', 50, 'II'],
    ['pulse', 55, 'III'],
    ['pulse', 56, 'IV'],
    ['systolic', 69, 'I'],
    ['systolic', 80, 'II'],
    ['systolic', 90, 'III'],
    ['systolic', 91, 'IV'],
    ['systolic', 201, 'II'],
    ['systolic', 200, 'III'],
    ['systolic', 180, 'III'],
    ['temperature', 41, 'IV'],
    ['temperature', 41.1, 'I'],
  ] as const)('%s %d gives floor %s', (parameter, value, floor) => {
    expect(evaluate({ ...normal, [parameter]: value }).floor).toBe(floor);
  });
});

describe('floor', () => {
  it('is IV when everything was measured and no rule fired', () => {
    const evaluation = evaluate(normal);
    expect(evaluation).toMatchObject({
      floor: 'IV',
      incomplete: false,
      missing: [],
      fired: [],
      floorCounterfactual: null,
    });
    expect(codes(evaluation)).toEqual(['reference-pack']);
  });

  it('is IV but incomplete when what was measured fires nothing', () => {
    const evaluation = evaluate({ pulse: 70 });
    expect(evaluation).toMatchObject({ floor: 'IV', incomplete: true });
    expect(evaluation.missing).toEqual([
      'consciousness',
      'respiratoryRate',
      'spo2',
      'onOxygen',
      'systolic',
      'temperature',
    ]);
    expect(codes(evaluation)).toContain('incomplete');
  });

  it.each<[string, Vitals]>([
    ['nothing', {}],
    ['oxygen alone', { onOxygen: true }],
    ['pain alone', { painScore: 10 }],
    ['diastolic pressure alone', { diastolic: 40 }],
  ])('is null for %s: no rule could read it', (_name, vitals) => {
    const evaluation = evaluate(vitals);
    expect(evaluation).toMatchObject({ floor: null, incomplete: true, fired: [] });
    expect(codes(evaluation)).toContain('nothing-measured');
  });

  it('is the most urgent rule of table, consciousness and NEWS2, all of them told', () => {
    const evaluation = evaluate({ ...normal, respiratoryRate: 25, pulse: 135, gcs: 12, consciousness: undefined });
    expect(evaluation.floor).toBe('II');
    expect(fired(evaluation)).toEqual([
      'consciousness/gcs',
      'news2-levels/news2-total',
      'cn-consensus-2018/pulse',
      'news2-levels/news2-red-respiratoryRate',
      'news2-levels/news2-red-pulse',
      'news2-levels/news2-red-gcs',
    ]);
  });

  it('lets the GCS rule decide where GCS alone is known', () => {
    expect(evaluate({ ...normal, consciousness: undefined, gcs: 14 })).toMatchObject({
      floor: 'III',
      incomplete: false,
    });
    expect(evaluate({ ...normal, gcs: 14, consciousness: 'C' }).floor).toBe('II');
    expect(evaluate({ ...normal, gcs: 8 }).floor).toBe('I');
  });

  it('does not ask for glucose and potassium, but reads them', () => {
    expect(evaluate({ ...normal, glucose: 3.32 })).toMatchObject({ floor: 'I', incomplete: false });
    expect(evaluate({ ...normal, potassium: 7.1 }).floor).toBe('I');
    expect(evaluate({ ...normal, potassium: 7, glucose: 3.33 }).floor).toBe('IV');
  });

  it('counts low SpO2 as with dyspnoea until its absence is recorded, and says so', () => {
    expect(evaluate({ ...normal, spo2: 85 }).floor).toBe('II');
    const recorded = evaluate({ ...normal, spo2: 85 }, undefined, { noDyspnoea: true });
    expect(recorded.floor).toBe('III');
    expect(fired(recorded)).toEqual(['news2-levels/news2-red-spo2']);
    expect(codes(recorded)).toContain('no-dyspnoea');
    expect(codes(evaluate({ ...normal, spo2: 96 }, undefined, { noDyspnoea: true }))).not.toContain('no-dyspnoea');
    expect(evaluate({ ...normal, spo2: 85 }, undefined, { noDyspnoea: false }).floor).toBe('II');
  });
});

describe('age', () => {
  it.each([
    [0, 'cn-his-paediatric'],
    [3652, 'cn-his-paediatric'],
    [3653, 'cn-consensus-2018'],
    [5843, 'cn-consensus-2018'],
    [5844, 'cn-consensus-2018'],
    [40_000, 'cn-consensus-2018'],
  ])('on day %d chooses %s and no rival', (ageDays, id) => {
    const evaluation = evaluate(normal, { ageDays });
    expect(evaluation.levelPack).toEqual({ id, version: '1.0.0' });
    const rivals = evaluation.packs.filter((pack) => pack.id.startsWith('cn-') && pack.id !== 'cn-indicators-2018');
    expect(rivals).toEqual([{ id, version: '1.0.0' }]);
  });

  it('says for 10 to 15 years that no paediatric table is loaded', () => {
    const told = [3652, 3653, 5843, 5844].map((ageDays) =>
      codes(evaluate(normal, { ageDays })).includes('no-paediatric-table'),
    );
    expect(told).toEqual([false, true, true, false]);
  });

  it('has NEWS2 from 16 years on and never in pregnancy', () => {
    expect(evaluate(normal, { ageDays: 5843 }).earlyWarning).toBeNull();
    expect(codes(evaluate(normal, { ageDays: 5843 }))).toContain('score-not-for-age');
    expect(evaluate(normal, { ageDays: 5844 }).earlyWarning).toMatchObject({ packId: 'news2', score: 0 });
    const pregnant = evaluate({ ...normal, respiratoryRate: 25 }, undefined, { pregnant: true });
    expect(pregnant).toMatchObject({ earlyWarning: null, floor: 'IV' });
    expect(codes(pregnant)).toContain('score-not-for-pregnancy');
  });

  it('unknown takes the adult rules, provisionally, and leaves an unconscious patient at I', () => {
    const evaluation = evaluate({ consciousness: 'U' }, {});
    expect(evaluation).toMatchObject({
      floor: 'I',
      provisional: true,
      incomplete: true,
      levelPack: { id: 'cn-consensus-2018' },
    });
    expect(evaluation.missing).toContain('age');
    expect(codes(evaluation)).toContain('age-unknown');
    expect(evaluate(normal, {})).toMatchObject({
      floor: 'IV',
      incomplete: true,
      provisional: true,
      specialGroup: false,
    });
  });

  it('estimated is used like a known one, and told', () => {
    const evaluation = evaluate({ ...normal, pulse: 130 }, { ageDays: 1500, ageEstimated: true });
    expect(evaluation).toMatchObject({ floor: 'II', provisional: false });
    expect(codes(evaluation)).toContain('age-estimated');
  });

  it('of a child asks for what the child table reads', () => {
    expect(evaluate({ ...normal, onOxygen: undefined, systolic: undefined }, { ageDays: 1826 }).missing).toEqual([]);
    expect(evaluate({ ...normal, systolic: undefined }, { ageDays: 1827 }).missing).toEqual(['systolic']);
    expect(evaluate({ ...normal, respiratoryRate: undefined }, { ageDays: 10 }).missing).toEqual(['respiratoryRate']);
    expect(evaluate({ ...normal, respiratoryRate: undefined }, { ageDays: 4000 }).missing).toEqual([]);
  });

  it('of a child ignores "no dyspnoea", which only the adult table knows', () => {
    expect(evaluate({ ...normal, spo2: 89 }, { ageDays: 700 }, { noDyspnoea: true }).floor).toBe('I');
  });
});
