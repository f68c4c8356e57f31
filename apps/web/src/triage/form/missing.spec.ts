import { blankAssessment } from './entry';
import { missingOfAssessment, missingOfPatient } from './missing';

describe('the list of what is missing', () => {
  it('asks for the usual vital signs before the rules have answered', () => {
    expect(missingOfAssessment(blankAssessment, null)).toEqual([
      'complaint',
      'respiratoryRate',
      'spo2',
      'onOxygen',
      'systolic',
      'pulse',
      'temperature',
      'consciousness',
      'screening',
      'allergies',
    ]);
  });

  it('asks for what the rules need of this patient, and no longer for what was typed since', () => {
    const entry = { ...blankAssessment, complaint: '发热', numbers: { pulse: '120' }, allergies: [] };
    const child = { missing: ['pulse', 'respiratoryRate', 'age'] };
    expect(missingOfAssessment(entry, child)).toEqual(['respiratoryRate', 'screening']);
  });

  it('takes a value the API would refuse for none', () => {
    const entry = { ...blankAssessment, complaint: '发热', numbers: { pulse: '900' }, allergies: [] };
    expect(missingOfAssessment(entry, { missing: ['pulse'] })).toEqual(['pulse', 'screening']);
  });

  it('names what is not known of the patient', () => {
    expect(missingOfPatient({ name: '', unidentified: false, sex: 'unknown', born: '' })).toEqual([
      'name',
      'sex',
      'born',
    ]);
    expect(missingOfPatient({ name: '', unidentified: true, sex: 'male', born: '60' })).toEqual([]);
  });
});
