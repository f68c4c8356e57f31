import { patientPatchSchema } from '../../../../api/src/triage/triage.schema';
import { type PatientEntry, patientPatch } from './patient-patch';

const known: PatientEntry = {
  name: '李明',
  sex: 'male',
  born: '1980-05-05',
  phone: '13900000000',
  address: '',
  identifierKind: 'NNCHN',
  identifier: '',
};
const nobody: PatientEntry = { ...known, name: '', sex: 'unknown', born: '', phone: '' };
const estimate = { kind: 'estimate', years: 60, ageDays: 21_915 } as const;

describe('what is sent to correct a patient', () => {
  it('is nothing where nothing changed', () => {
    expect(patientPatch(known, { ...known, name: ' 李明 ' }, null)).toBeNull();
  });

  it('names only what changed, and empties what was deleted', () => {
    const patch = patientPatch(known, { ...known, phone: '', sex: 'female' }, null);
    expect(patch).toEqual({ phone: null, sex: 'female' });
    expect(patientPatchSchema.safeParse(patch).success).toBe(true);
  });

  it('never deletes a name', () => {
    expect(patientPatch(known, { ...known, name: '' }, null)).toBeNull();
  });

  it('takes a birth date or an estimate, never both', () => {
    const birth = { kind: 'birthDate', birthDate: '1981-06-06', ageDays: 16_606 } as const;
    expect(patientPatch(known, { ...known, born: '19810606' }, birth)).toEqual({ birthDate: '1981-06-06' });
    const estimated = patientPatch(known, { ...known, born: '60' }, estimate);
    expect(estimated).toEqual({ birthDate: null, estimatedAgeYears: 60 });
    expect(patientPatchSchema.safeParse(estimated).success).toBe(true);
    expect(patientPatch(nobody, { ...nobody, born: '60' }, estimate)).toEqual({ estimatedAgeYears: 60 });
  });

  it('adds a number', () => {
    expect(patientPatch(nobody, { ...nobody, name: '王五', identifierKind: 'MR', identifier: 'M1' }, null)).toEqual({
      name: '王五',
      identifiers: [{ authority: 'HIS', type: 'MR', value: 'M1' }],
    });
  });
});
