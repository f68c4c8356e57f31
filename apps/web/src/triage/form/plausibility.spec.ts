import { blankAssessment, type AssessmentEntry } from './entry';
import { doubtsOf } from './plausibility';

const measured = (numbers: AssessmentEntry['numbers'], more: Partial<AssessmentEntry> = {}): AssessmentEntry => ({
  ...blankAssessment,
  numbers,
  ...more,
});
const doubted = (entry: AssessmentEntry, years: number | null): string[] =>
  doubtsOf(entry, years === null ? null : years * 365.25).map(({ field, why }) => `${field} ${why}`);

describe('plausibility of vital signs', () => {
  it('depends on the age', () => {
    const pulse = measured({ pulse: '200', respiratoryRate: '60' });
    expect(doubted(pulse, 0.5)).toEqual([]);
    expect(doubted(pulse, 2)).toEqual([]);
    expect(doubted(pulse, 40)).toEqual(['pulse rare', 'respiratoryRate rare']);
  });

  it('takes an unknown age for an adult', () => {
    expect(doubted(measured({ pulse: '200' }), null)).toEqual(['pulse rare']);
  });

  it('doubts nothing of a usual patient, nor of what is not measured', () => {
    const usual = {
      temperature: '36.8',
      pulse: '70',
      respiratoryRate: '16',
      systolic: '120',
      diastolic: '80',
      spo2: '98',
    };
    expect(doubted(measured(usual, { consciousness: 'A' }), 40)).toEqual([]);
    expect(doubted(measured({}), 40)).toEqual([]);
  });

  it('sees pressures the wrong way round and a sleeper said to be awake', () => {
    expect(doubted(measured({ systolic: '80', diastolic: '120' }), 40)).toEqual(['diastolic pressures']);
    expect(doubted(measured({ gcs: '7' }, { consciousness: 'A' }), 40)).toEqual(['gcs awake']);
    expect(doubted(measured({ gcs: '14' }, { consciousness: 'U' }), 40)).toEqual(['gcs unresponsive']);
    expect(doubted(measured({ gcs: '7' }, { consciousness: 'P' }), 40)).toEqual([]);
  });

  it('leaves to the error what the API refuses anyway', () => {
    expect(doubted(measured({ pulse: '900' }), 40)).toEqual([]);
  });

  it('says between which values it expected the reading', () => {
    expect(doubtsOf(measured({ spo2: '60' }), null)).toEqual([{ field: 'spo2', why: 'rare', low: 75, high: 100 }]);
  });
});
