import {
  assessmentSchema,
  flagsSchema,
  patientFactsSchema,
  standingAssessment,
  triageInputSchema,
  vitalsSchema,
} from './triage.assessment';

const accepts = (vitals: unknown): boolean => vitalsSchema.safeParse(vitals).success;
const assessment = {
  complaint: '胸痛两小时',
  vitals: { pulse: 88 },
  flags: {},
  measuredAt: '2026-11-23T08:00:00+08:00',
};

describe('vitalsSchema', () => {
  it.each([
    ['respiratoryRate', 0, 150],
    ['spo2', 0, 100],
    ['systolic', 0, 350],
    ['diastolic', 0, 300],
    ['pulse', 0, 350],
    ['gcs', 3, 15],
    ['painScore', 0, 10],
    ['flacc', 0, 10],
  ])('takes %s from %d to %d in whole numbers', (name, min, max) => {
    expect(accepts({ [name]: min })).toBe(true);
    expect(accepts({ [name]: max })).toBe(true);
    expect(accepts({ [name]: min - 1 })).toBe(false);
    expect(accepts({ [name]: max + 1 })).toBe(false);
    expect(accepts({ [name]: min + 0.5 })).toBe(false);
  });

  it.each([
    ['temperature', 20, 46],
    ['glucose', 0, 150],
    ['potassium', 0.5, 15],
  ])('takes %s from %d to %d with decimals', (name, min, max) => {
    expect(accepts({ [name]: min })).toBe(true);
    expect(accepts({ [name]: max - 0.01 })).toBe(true);
    expect(accepts({ [name]: min - 0.01 })).toBe(false);
    expect(accepts({ [name]: max + 0.01 })).toBe(false);
  });

  it('converts nothing and refuses what is no number', () => {
    for (const pulse of ['88', null, true, Number.NaN, Infinity, [88]]) expect(accepts({ pulse })).toBe(false);
    expect(accepts({ onOxygen: 'true' })).toBe(false);
    expect(accepts({ consciousness: 'a' })).toBe(false);
  });

  it('refuses unknown keys', () => {
    expect(accepts({ puls: 88 })).toBe(false);
  });
});

describe('flagsSchema', () => {
  it('takes indicators of the catalogue, each once', () => {
    expect(flagsSchema.safeParse({ indicators: ['stroke', 'shock'] }).success).toBe(true);
    expect(flagsSchema.safeParse({ indicators: ['stroke', 'stroke'] }).success).toBe(false);
    expect(flagsSchema.safeParse({ indicators: ['hiccups'] }).success).toBe(false);
  });

  it('keeps "not recorded" apart from "no"', () => {
    expect(flagsSchema.parse({})).toEqual({});
    expect(flagsSchema.parse({ noDyspnoea: false })).toEqual({ noDyspnoea: false });
  });
});

describe('assessmentSchema', () => {
  it('gives back what it was given, blanks included', () => {
    const padded = { ...assessment, complaint: '  胸痛\n 两小时 ' };
    expect(assessmentSchema.parse(padded)).toEqual(padded);
  });

  it('takes missing vitals and flags as nothing recorded', () => {
    expect(assessmentSchema.parse({ complaint: '', measuredAt: assessment.measuredAt })).toEqual({
      complaint: '',
      vitals: {},
      flags: {},
      measuredAt: assessment.measuredAt,
    });
  });

  it('bounds the complaint and refuses what cannot be stored', () => {
    const complaint = (text: string) => assessmentSchema.safeParse({ ...assessment, complaint: text }).success;
    expect(complaint('痛'.repeat(2000))).toBe(true);
    expect(complaint('痛'.repeat(2001))).toBe(false);
    expect(complaint('a\0b')).toBe(false);
    expect(complaint('a\ud800b')).toBe(false);
    expect(complaint('😀')).toBe(true);
  });

  it('asks for an instant with its offset', () => {
    const at = (measuredAt: unknown) => assessmentSchema.safeParse({ ...assessment, measuredAt }).success;
    expect(at('2026-11-23T00:00:00Z')).toBe(true);
    expect(at('2026-11-23T00:00:00')).toBe(false);
    expect(at('2026-11-23')).toBe(false);
    expect(at(1_764_000_000_000)).toBe(false);
    expect(at(undefined)).toBe(false);
  });

  it('refuses unknown keys at every depth', () => {
    expect(assessmentSchema.safeParse({ ...assessment, name: '张三' }).success).toBe(false);
    expect(assessmentSchema.safeParse({ ...assessment, flags: { insured: true } }).success).toBe(false);
  });
});

describe('patientFactsSchema', () => {
  const facts = (value: object) =>
    patientFactsSchema.safeParse({ ageEstimated: false, sex: 'female', ...value }).success;

  it('takes an age in whole days, or none', () => {
    expect(facts({})).toBe(true);
    expect(facts({ ageDays: 0 })).toBe(true);
    expect(facts({ ageDays: 54_750 })).toBe(true);
    expect(facts({ ageDays: 54_751 })).toBe(false);
    expect(facts({ ageDays: -1 })).toBe(false);
    expect(facts({ ageDays: 1.5 })).toBe(false);
  });

  it('knows four sexes and no name', () => {
    expect(facts({ sex: 'unknown' })).toBe(true);
    expect(facts({ sex: 'f' })).toBe(false);
    expect(facts({ name: '张三' })).toBe(false);
  });
});

describe('triageInputSchema', () => {
  it('joins assessment and patient', () => {
    const input = { assessment, patient: { ageDays: 20_000, ageEstimated: true, sex: 'male' } };
    expect(triageInputSchema.parse(input)).toEqual(input);
  });
});

describe('standingAssessment', () => {
  const at = (minute: number) => `2026-11-23T08:${String(minute).padStart(2, '0')}:00Z`;
  const reading = (pulse: number, minute: number) => ({
    complaint: '',
    vitals: { pulse },
    flags: {},
    measuredAt: at(minute),
  });
  const described = {
    complaint: '胸痛两小时',
    vitals: { pulse: 88, spo2: 95 },
    flags: { pregnant: true },
    measuredAt: at(0),
  };

  it('keeps what was said and takes the newest value of what was measured since, by when it was measured', () => {
    expect(standingAssessment([described, reading(90, 1), reading(99, 3), reading(95, 2)])).toEqual({
      ...described,
      vitals: { pulse: 99, spo2: 95 },
      measuredAt: at(3),
    });
  });

  it('begins anew with every assessment that says what the patient complains of', () => {
    const again = { ...described, complaint: '气促', vitals: { spo2: 91 }, flags: {}, measuredAt: at(5) };
    expect(standingAssessment([described, reading(90, 1), again])).toEqual(again);
  });

  it('is what a monitor measured while nobody described the patient', () => {
    expect(standingAssessment([reading(90, 1), reading(91, 2)])).toEqual(reading(91, 2));
  });
});
