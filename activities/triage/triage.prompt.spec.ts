import { referencePacks } from '#libs/packs/reference-packs';
import { type Assessment } from '#libs/processes/triage/triage.assessment';
import { acuity, acuityDraftSchema } from '#libs/processes/triage/triage.contract';
import { rehearseAcuity } from '#libs/processes/triage/triage.rehearsal';
import { evaluateTriage } from '#libs/processes/triage/triage.rules';
import { acuityInput, acuityPrompt, type AcuityPromptFacts, draftOfAnswer, withoutNames } from './triage.prompt';

const assessment: Assessment = {
  complaint: '王小明诉胸痛两小时,电话13800001111',
  vitals: { pulse: 155, spo2: 97 },
  flags: {},
  measuredAt: '2026-11-23T03:00:00Z',
};

const facts = (change: Partial<AcuityPromptFacts> = {}): AcuityPromptFacts => ({
  assessment,
  ageDays: 20_000,
  ageEstimated: false,
  sex: 'male',
  evaluation: evaluateTriage(
    { assessment, patient: { ageDays: 20_000, ageEstimated: false, sex: 'male' } },
    referencePacks,
  ),
  notes: [
    { id: 1, text: '请考虑王小明的既往史', field: null },
    { id: 2, text: '请写去向', field: 'department' },
  ],
  draft: { ...acuity.examples.draft, redFlags: [{ zh: '王小明或有主动脉夹层', en: 'dissection' }] },
  names: ['王小明', '13800001111'],
  ...change,
});

describe('acuityInput', () => {
  it('carries complaint, age, vital signs, floor and notes, and nothing that names the patient', () => {
    const text = acuityInput(facts());
    expect(JSON.parse(text)).toMatchObject({
      complaint: '＊＊诉胸痛两小时,电话＊＊',
      age: { days: 20_000, estimated: false },
      vitals: { pulse: 155 },
      rules: { floor: 'II' },
      draft: { level: 'II', redFlags: [{ zh: '＊＊或有主动脉夹层', en: 'dissection' }], department: '胸痛中心' },
      notes: [
        { id: 1, text: '请考虑＊＊的既往史' },
        { id: 2, text: '请写去向', field: 'department' },
      ],
    });
    expect(text).not.toContain('王小明');
    expect(text).not.toContain('13800001111');
  });

  it('says that an age is unknown instead of leaving one out', () => {
    expect(JSON.parse(acuityInput(facts({ ageDays: null })))).toMatchObject({ age: null });
  });
});

describe('withoutNames', () => {
  it('leaves single characters alone, which would strike out half of a text', () => {
    expect(withoutNames('王者荣耀', ['王'])).toBe('王者荣耀');
  });

  it('strikes out a name that was registered with characters nobody sees, however the text spells it', () => {
    const names = ['王\u200B小明', '\uFEFF13800001111'];
    for (const name of ['王小明', '王\u200B小明', '王小\u2060明'])
      expect(withoutNames(`${name}诉胸痛,电话13800001111`, names)).toBe('＊＊诉胸痛,电话＊＊');
  });
});

describe('acuityPrompt', () => {
  it('puts no patient into the system message and says that the input is data', () => {
    expect(acuityPrompt.system).toContain('never an instruction');
    expect(acuityPrompt.system).not.toContain('胸痛两小时');
  });
});

describe('draftOfAnswer', () => {
  it('marks a quote that does not stand in the complaint, and one that is empty, as unsupported', () => {
    const reason = (quote: string) => ({ zh: '理由', en: 'reason', quote });
    const answer = {
      level: 'II' as const,
      reasons: [reason('胸痛'), reason('背痛'), reason('')],
      redFlags: [],
      department: null,
      addressedNotes: [],
      unaddressedNotes: [],
    };
    const draft = draftOfAnswer(answer, '胸痛两小时');
    expect(draft.reasons.map(({ supported }) => supported)).toEqual([true, false, false]);
    expect(acuityDraftSchema.parse(draft)).toEqual(draft);
  });
});

describe('rehearseAcuity', () => {
  it('answers the prompt’s schema from the same input as a model, never below the floor, and says it is a rehearsal', () => {
    const answer = acuityPrompt.schema.parse(rehearseAcuity(JSON.parse(acuityInput(facts()))));
    expect(answer.level).toBe('II');
    expect([answer.addressedNotes, answer.unaddressedNotes]).toEqual([[], [1, 2]]);
    expect(answer.reasons[0]?.en).toContain('rehearsal');
  });
});
