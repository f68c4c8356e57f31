import { assessmentSchema } from '#libs/processes/triage/triage.assessment';
import { assessmentOf, hasFaults, saysSomething } from './body';
import { blankAssessment } from './entry';

const at = '2026-11-23T03:00:00.000Z';

describe('an assessment as the form sends it', () => {
  it('leaves out what nobody asked or measured', () => {
    expect(assessmentOf(blankAssessment, at)).toEqual({ complaint: '', vitals: {}, flags: {}, measuredAt: at });
    expect(saysSomething(blankAssessment)).toBe(false);
  });

  it('carries numbers, words, flags, indicators, answers and allergies as the API takes them', () => {
    const body = assessmentOf(
      {
        complaint: ' 胸痛两小时 ',
        numbers: { temperature: '３７．５', pulse: '88', painScore: '0' },
        onOxygen: 'no',
        consciousness: 'A',
        flags: ['stroke', 'pregnant', 'shock'],
        screening: { rash: 'no', diarrhoea: 'yes' },
        allergies: [],
      },
      at,
    );
    expect(body).toEqual({
      complaint: '胸痛两小时',
      vitals: { temperature: 37.5, pulse: 88, painScore: 0, onOxygen: false, consciousness: 'A' },
      flags: { pregnant: true, rash: false, diarrhoea: true, indicators: ['shock', 'stroke'] },
      allergies: [],
      measuredAt: at,
    });
    expect(assessmentSchema.safeParse(body).success).toBe(true);
  });

  it('says nothing where only the screening was answered', () => {
    expect(saysSomething({ ...blankAssessment, screening: { rash: 'no' } })).toBe(false);
    expect(saysSomething({ ...blankAssessment, allergies: [] })).toBe(true);
  });

  it('knows what would be refused, and never sends it to the rules', () => {
    const entry = { ...blankAssessment, numbers: { pulse: '900', spo2: '97' } };
    expect(hasFaults(entry)).toBe(true);
    expect(assessmentOf(entry, at).vitals).toEqual({ spo2: 97 });
    expect(hasFaults(blankAssessment)).toBe(false);
  });
});
