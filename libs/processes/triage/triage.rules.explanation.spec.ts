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

describe('proposals', () => {
  it('come from ticked indicators and pain, and never move the floor', () => {
    const evaluation = evaluate({ ...normal, painScore: 5 }, undefined, { indicators: ['stroke', 'cardiac-arrest'] });
    expect(evaluation).toMatchObject({ floor: 'IV', proposedLevel: 'I', fired: [] });
    expect(evaluation.proposals.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ['cn-indicators-2018/cardiac-arrest', 'I'],
      ['cn-indicators-2018/stroke', 'II'],
      ['cn-consensus-2018/pain', 'III'],
    ]);
    expect(evaluation.proposals[1]?.text.zh).toContain('疑似脑卒中');
  });

  it('stand alone where nothing was measured', () => {
    expect(evaluate({}, undefined, { indicators: ['shock'] })).toMatchObject({ floor: null, proposedLevel: 'I' });
    expect(evaluate({})).toMatchObject({ floor: null, proposedLevel: null });
  });

  it('never lower what the floor says', () => {
    expect(evaluate({ ...normal, pulse: 190 }, undefined, { indicators: ['head-injury'] }).proposedLevel).toBe('I');
  });

  it('of a child come from FLACC 8 and above', () => {
    expect(evaluate({ ...normal, flacc: 8 }, { ageDays: 1500 })).toMatchObject({
      proposals: [{ parameter: 'flacc', level: 'II' }],
    });
    expect(evaluate({ ...normal, flacc: 7 }, { ageDays: 1500 }).proposals).toEqual([]);
  });

  it('tell when a ticked indicator is not in the loaded catalogue', () => {
    const packs = { ...referencePacks, indicators: { ...referencePacks.indicators, indicators: [] } };
    const assessment = {
      complaint: '',
      vitals: normal,
      flags: { indicators: ['stroke' as const] },
      measuredAt: '2026-11-23T00:00:00Z',
    };
    const evaluation = evaluateTriage(
      { assessment, patient: { ageDays: adult, ageEstimated: false, sex: 'male' } },
      packs,
    );
    expect(evaluation.proposals).toEqual([]);
    expect(codes(evaluation)).toContain('indicator-unknown');
  });
});

describe('floorCounterfactual', () => {
  it('names all changes that are needed together and the level they give', () => {
    const evaluation = evaluate({ ...normal, pulse: 150, systolic: 78 });
    expect(evaluation.floorCounterfactual).toMatchObject({
      changes: [
        { parameter: 'pulse', relation: 'at-most', value: 149 },
        { parameter: 'systolic', relation: 'at-least', value: 81 },
      ],
      level: 'III',
      text: { en: 'if pulse ≤ 149 /min and systolic pressure ≥ 81 mmHg: level III' },
    });
  });

  it('keeps only the strictest condition on one parameter', () => {
    expect(evaluate({ ...normal, pulse: 135 }).floorCounterfactual).toMatchObject({
      changes: [{ parameter: 'pulse', relation: 'at-most', value: 99 }],
      level: 'IV',
    });
  });

  it('names the score where the score made the level', () => {
    const evaluation = evaluate({
      ...normal,
      respiratoryRate: 22,
      spo2: 95,
      pulse: 95,
      onOxygen: true,
      temperature: 38.5,
    });
    expect(evaluation).toMatchObject({ floor: 'II', earlyWarning: { score: 7 } });
    expect(evaluation.floorCounterfactual).toMatchObject({ changes: [{ parameter: 'news2', value: 6 }], level: 'III' });
  });
});

describe('special groups', () => {
  it('are old age, infancy, pregnancy, immunosuppression and disability', () => {
    const groups = (ageDays: number, flags: Flags = {}) => evaluate(normal, { ageDays }, flags).specialGroups;
    expect(groups(23_741)).toEqual([]);
    expect(groups(23_742)).toEqual(['elderly']);
    expect(groups(364)).toEqual(['infant']);
    expect(groups(365)).toEqual([]);
    expect(groups(adult, { pregnant: true, immunosuppressed: true, disabled: true })).toEqual([
      'pregnant',
      'immunosuppressed',
      'disabled',
    ]);
    expect(evaluate(normal, { ageDays: 30_000 }).specialGroup).toBe(true);
  });
});

describe('notices', () => {
  it('tell concern, precautions and SpO2 scale 2', () => {
    expect(codes(evaluate(normal, undefined, { familyConcern: true }))).toContain('concern');
    expect(codes(evaluate(normal, undefined, { nurseConcern: true }))).toContain('concern');
    expect(codes(evaluate(normal, undefined, { feverContact: true }))).toContain('infection-precautions');
    expect(codes(evaluate(normal, undefined, { infectionSuspected: true }))).toContain('infection-precautions');
    expect(codes(evaluate(normal, undefined, { hypercapnicTarget: true }))).toContain('spo2-scale-2');
    expect(codes(evaluate(normal))).not.toContain('concern');
  });

  it('leave out the reference notice once a clinical lead has approved the packs', () => {
    const approve = <P extends object>(pack: P) => ({ ...pack, approvedBy: 'Dr. Wang' });
    const packs = {
      ...referencePacks,
      ageGroups: referencePacks.ageGroups.map((group) => ({ ...group, pack: approve(group.pack) })),
      additions: referencePacks.additions.map(approve),
    };
    const assessment = { complaint: '', vitals: normal, flags: {}, measuredAt: '2026-11-23T00:00:00Z' };
    const evaluation = evaluateTriage(
      { assessment, patient: { ageDays: adult, ageEstimated: false, sex: 'male' } },
      packs,
    );
    expect(codes(evaluation)).toEqual([]);
  });
});

describe('edited packs', () => {
  it('decide: a hospital that moves a threshold moves the floor', () => {
    const [children, youths, adults] = referencePacks.ageGroups;
    const stricter = {
      ...adults!.pack,
      id: 'hospital-adult',
      version: '3',
      rules: [{ id: 'pulse', parameter: 'pulse', effect: 'floor', bands: [{ from: 90, level: 'II' }] } as const],
    };
    const packs = { ...referencePacks, ageGroups: [children!, youths!, { ...adults!, pack: stricter }] };
    const assessment = {
      complaint: '',
      vitals: { ...normal, pulse: 90 },
      flags: {},
      measuredAt: '2026-11-23T00:00:00Z',
    };
    const evaluation = evaluateTriage(
      { assessment, patient: { ageDays: adult, ageEstimated: false, sex: 'male' } },
      packs,
    );
    expect(evaluation).toMatchObject({ floor: 'II', levelPack: { id: 'hospital-adult', version: '3' } });
  });

  it('without a table for an age are an error, never a silent IV', () => {
    const packs = { ...referencePacks, ageGroups: [] };
    const assessment = { complaint: '', vitals: normal, flags: {}, measuredAt: '2026-11-23T00:00:00Z' };
    expect(() => evaluateTriage({ assessment, patient: { ageEstimated: false, sex: 'male' } }, packs)).toThrow(
      'INTERNAL',
    );
  });
});
