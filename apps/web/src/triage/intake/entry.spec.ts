import { registrationSchema } from '../../../../api/src/triage/triage.schema';
import { blankAssessment } from '../form/entry';
import { blankIntake, type IntakeEntry, isBlank, obstaclesOf, registrationOf } from './entry';

const today = '2026-11-23';
const finished = { at: '2026-11-23T03:00:00.000Z', today };
const ward = '0198b0a0-0000-7000-8000-000000000001';
const form = (part: Partial<IntakeEntry>): IntakeEntry => ({ ...blankIntake(ward), ...part });

describe('a registration as the form sends it', () => {
  it('is what the API takes', () => {
    const body = registrationOf(
      form({
        name: ' 欧阳娜 ',
        sex: 'female',
        born: '19800505',
        identifier: '11010519491231002X',
        arrivalMode: 'ambulance',
        visitNumber: 'E1001',
        assessment: { ...blankAssessment, complaint: '胸痛', numbers: { pulse: '88' }, screening: { rash: 'no' } },
      }),
      finished,
    );
    expect(registrationSchema.safeParse(body).error).toBeUndefined();
    expect(body).toMatchObject({
      wardId: ward,
      arrivedAt: finished.at,
      patient: {
        name: '欧阳娜',
        birthDate: '1980-05-05',
        identifiers: [{ authority: 'CN', type: 'NNCHN', value: '11010519491231002X' }],
      },
      assessment: { vitals: { pulse: 88 }, flags: { rash: false }, measuredAt: finished.at },
    });
    expect(body).not.toHaveProperty('screening');
    expect(body.patient).not.toHaveProperty('estimatedAgeYears');
  });

  it('of somebody nobody can name has neither name nor invented values', () => {
    const body = registrationOf(form({ unidentified: true, born: '60' }), finished);
    expect(registrationSchema.safeParse(body).error).toBeUndefined();
    expect(body.patient).toEqual({ sex: 'unknown', unidentified: true, identifiers: [], estimatedAgeYears: 60 });
    expect(body).not.toHaveProperty('assessment');
  });

  it('sends answers to the screening by themselves where nobody assessed', () => {
    const body = registrationOf(
      form({ name: '李明', assessment: { ...blankAssessment, screening: { feverContact: 'yes' } } }),
      finished,
    );
    expect(body).toMatchObject({ screening: { feverContact: true } });
    expect(body).not.toHaveProperty('assessment');
  });

  it('is the same twice, so that one key stands for it', () => {
    const entry = form({ name: '李明', born: '8月' });
    expect(registrationOf(entry, finished)).toEqual(registrationOf(entry, finished));
  });
});

describe('the form of an arrival', () => {
  it('needs a desk and a name, or the word that nobody knows it', () => {
    expect(obstaclesOf(blankIntake(''), today)).toEqual(['ward', 'name']);
    expect(obstaclesOf(form({ unidentified: true }), today)).toEqual([]);
    expect(obstaclesOf(form({ name: '李明' }), today)).toEqual([]);
  });

  it('is held by what the API would refuse, and not by what is only doubtful', () => {
    const numbers = { ...blankAssessment, numbers: { pulse: '900' } };
    expect(obstaclesOf(form({ name: '李明', born: '老', assessment: numbers }), today)).toEqual(['born', 'numbers']);
    const doubtful = { ...blankAssessment, numbers: { pulse: '250' } };
    expect(obstaclesOf(form({ name: '李明', assessment: doubtful }), today)).toEqual([]);
  });

  it('knows whether anything would be lost', () => {
    expect(isBlank(blankIntake(ward))).toBe(true);
    expect(isBlank(form({ name: '李' }))).toBe(false);
  });
});
