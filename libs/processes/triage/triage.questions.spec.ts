import { complaintQuestions } from '#libs/packs/complaint-questions';
import { referencePacks } from '#libs/packs/reference-packs';
import type { TriageInput } from './triage.assessment';
import { topicsOf, triageQuestions, type TriageQuestion } from './triage.questions';
import { evaluateTriage } from './triage.rules';

const vitals = {
  respiratoryRate: 16,
  spo2: 98,
  onOxygen: false,
  systolic: 120,
  pulse: 70,
  temperature: 36.8,
  consciousness: 'A',
} as const;

type Part = {
  readonly complaint?: string;
  readonly vitals?: TriageInput['assessment']['vitals'];
  readonly flags?: TriageInput['assessment']['flags'];
  readonly patient?: Partial<TriageInput['patient']>;
};

const ask = (part: Part = {}): TriageQuestion[] => {
  const input: TriageInput = {
    assessment: {
      complaint: part.complaint ?? '取药',
      vitals: { ...vitals, ...part.vitals },
      flags: part.flags ?? {},
      measuredAt: '2026-11-23T00:00:00Z',
    },
    patient: { ageDays: 15_000, ageEstimated: false, sex: 'male', ...part.patient },
  };
  return triageQuestions(input, evaluateTriage(input, referencePacks));
};

const ids = (part?: Part): string[] => ask(part).map(({ id }) => id);
const topics = (complaint: string): string[] => topicsOf(complaint, complaintQuestions).map(({ id }) => id);

describe('triageQuestions', () => {
  it('asks nothing where nothing is open', () => {
    expect(ask()).toEqual([]);
  });

  it('asks for everything that is missing, by name, in both languages', () => {
    const missing = { respiratoryRate: undefined, consciousness: undefined };
    expect(ask({ complaint: ' ', vitals: missing, patient: { ageDays: undefined } })).toEqual([
      { id: 'missing/complaint', because: 'missing', zh: '主诉是什么？', en: 'What is the complaint?' },
      {
        id: 'missing/consciousness',
        because: 'missing',
        zh: '请补测/补录：意识',
        en: 'Measure or record: consciousness',
      },
      {
        id: 'missing/respiratoryRate',
        because: 'missing',
        zh: '请补测/补录：呼吸频率',
        en: 'Measure or record: respiratory rate',
      },
      expect.objectContaining({ id: 'missing/age', because: 'missing' }),
    ]);
  });

  it('asks what low oxygen leaves open, until it is recorded', () => {
    expect(ids({ vitals: { spo2: 94 } })).toEqual(['finding/dyspnoea', 'finding/hypercapnic-target']);
    expect(ids({ vitals: { spo2: 95 } })).toEqual(['finding/hypercapnic-target']);
    expect(ids({ vitals: { spo2: 96 } })).toEqual([]);
    expect(ids({ vitals: { spo2: 85 }, flags: { noDyspnoea: false, hypercapnicTarget: false } })).toEqual([]);
  });

  it('asks for glucose when consciousness is altered', () => {
    expect(ids({ vitals: { consciousness: 'V' } })).toEqual(['finding/glucose']);
    expect(ids({ vitals: { gcs: 14 } })).toEqual(['finding/glucose']);
    expect(ids({ vitals: { consciousness: 'V', glucose: 5.1 } })).toEqual([]);
  });

  it('asks about pregnancy only where it can be', () => {
    const sex = 'female' as const;
    expect(ids({ patient: { sex } })).toEqual(['finding/pregnant']);
    expect(ids({ patient: { sex }, flags: { pregnant: false } })).toEqual([]);
    expect(ids({ patient: { sex, ageDays: 4382 } })).toEqual([]);
    expect(ids({ patient: { sex, ageDays: 20_089 } })).toEqual([]);
    expect(ids({ patient: { sex: 'male' } })).toEqual([]);
  });

  it('asks about contact once, for a measured or a told fever', () => {
    expect(ids({ vitals: { temperature: 37.3 } })).toEqual(['finding/fever-contact']);
    expect(ids({ vitals: { temperature: 37.2 } })).toEqual([]);
    expect(ids({ complaint: '发热三天' })).toEqual(['finding/fever-contact', 'fever/rash', 'fever/immune']);
    expect(ids({ vitals: { temperature: 39 }, flags: { feverContact: true } })).toEqual([]);
  });

  it('asks how strong a pain is unless it was scored', () => {
    expect(ids({ complaint: '腰痛' })).toEqual(['finding/pain']);
    expect(ids({ complaint: 'back pain', vitals: { painScore: 0 } })).toEqual([]);
  });

  it('asks by complaint, in Chinese and English alike', () => {
    const chest = ['onset', 'radiation', 'sweating', 'ecg'].map((id) => `chest-pain/${id}`);
    expect(ids({ complaint: '胸痛2小时,伴出汗' })).toEqual(['finding/pain', ...chest]);
    expect(ids({ complaint: 'Chest Pain since 2 h' })).toEqual(['finding/pain', ...chest]);
  });

  it('says the same twice and never repeats a question', () => {
    const part = {
      complaint: '车祸后头痛、呕吐、抽搐,孕20周',
      vitals: { spo2: 88 },
      patient: { sex: 'female' as const },
    };
    expect(ask(part)).toEqual(ask(part));
    expect(new Set(ids(part)).size).toBe(ids(part).length);
  });
});

describe('topicsOf', () => {
  it.each([
    ['突发左侧肢体无力,口角歪斜', ['stroke']],
    ['喘憋半天', ['dyspnoea']],
    ['服毒自杀', ['poisoning', 'mental-health']],
    ['Rt. flank pain', ['abdominal-pain']],
    ['fell from ladder, head bleed', ['trauma', 'bleeding']],
    ['CHEST  TIGHTNESS', []],
    ['chest pain', ['chest-pain']],
    ['', []],
  ])('finds the topics of "%s"', (complaint, expected) => {
    expect(topics(complaint)).toEqual(expected);
  });

  it('matches English words from their beginning only', () => {
    expect(topics('windfall')).toEqual([]);
    expect(topics('downfall, then a fall')).toEqual(['trauma']);
  });
});
