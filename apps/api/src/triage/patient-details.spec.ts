import { changedFields, detailsOf, type KnownPatient, patchedDetails, rulesReadOtherwise } from './patient-details';
import { patientPatchSchema, patientSchema, registrationSchema } from './triage.schema';

const time = { at: new Date('2026-11-23T01:00:00Z'), timeZone: 'Asia/Shanghai' };

const known: KnownPatient = {
  name: '李明',
  unidentified: false,
  sex: 'male',
  birthDate: '1990-03-07',
  ageDays: 13_410,
  ageEstimated: false,
  phone: '010-1',
  address: '某路',
};
const nameless: KnownPatient = { ...known, name: '无名氏', unidentified: true, birthDate: null, ageEstimated: true };

const patched = (before: KnownPatient, body: object) => patchedDetails(before, patientPatchSchema.parse(body), time);

describe('detailsOf', () => {
  const details = (body: object) => detailsOf(patientSchema.parse(body), time);

  it('takes the age from the birth date, by the calendar of the hospital', () => {
    expect(details({ name: '甲', birthDate: '2026-11-23' })).toMatchObject({ ageDays: 0, ageEstimated: false });
  });

  it('marks an estimate as one, and leaves the age open without any', () => {
    expect(details({ name: '甲', estimatedAgeYears: 2 })).toMatchObject({ ageDays: 731, ageEstimated: true });
    expect(details({ name: '甲' })).toMatchObject({ ageDays: null, ageEstimated: false });
  });

  it('names whom nobody can name', () => {
    expect(details({ unidentified: true, sex: 'female' })).toMatchObject({
      name: '无名氏女-1123090000',
      unidentified: true,
    });
  });

  it.each(['2026-11-24', '1850-01-01'])('refuses the birth date %s', (birthDate) => {
    expect(details({ name: '甲', birthDate })).toMatchObject({ refused: true, code: 'VALIDATION_FAILED' });
  });
});

describe('patchedDetails', () => {
  it('keeps what is not said', () => {
    expect(patched(known, { phone: '010-2' })).toEqual({ ...known, phone: '010-2', identifiers: [] });
  });

  it('deletes what is null', () => {
    expect(patched(known, { phone: null, address: null, birthDate: null })).toMatchObject({
      phone: null,
      address: null,
      birthDate: null,
      ageDays: null,
    });
  });

  it('identifies by a name, and by nothing else', () => {
    expect(patched(nameless, { name: '甲' })).toMatchObject({ name: '甲', unidentified: false });
    expect(patched(nameless, { sex: 'female' })).toMatchObject({ name: '无名氏', unidentified: true });
  });

  it('puts the birth date in the place of an estimate', () => {
    expect(patched(nameless, { birthDate: '2020-11-23' })).toMatchObject({
      birthDate: '2020-11-23',
      ageDays: 2191,
      ageEstimated: false,
    });
  });

  it('keeps the estimate when a birth date is deleted that nobody knew', () => {
    expect(patched(nameless, { birthDate: null })).toMatchObject({ ageDays: known.ageDays, ageEstimated: true });
    expect(patched(nameless, { estimatedAgeYears: null })).toMatchObject({ ageDays: null, ageEstimated: false });
  });

  it('refuses an estimate beside a birth date', () => {
    expect(patched(known, { estimatedAgeYears: 3 })).toMatchObject({ code: 'VALIDATION_FAILED' });
    expect(patched(known, { birthDate: null, estimatedAgeYears: 3 })).toMatchObject({ ageDays: 1096 });
    expect(patientPatchSchema.safeParse({ birthDate: '2020-01-01', estimatedAgeYears: 3 }).success).toBe(false);
    expect(patientPatchSchema.safeParse({}).success).toBe(false);
  });
});

describe('rulesReadOtherwise', () => {
  it('is so for age and sex, and for nothing else', () => {
    expect(rulesReadOtherwise(known, { ...known, name: '乙', phone: null, address: null })).toBe(false);
    for (const change of [{ ageDays: 1 }, { ageEstimated: true }, { sex: 'female' as const }])
      expect(rulesReadOtherwise(known, { ...known, ...change })).toBe(true);
  });
});

describe('changedFields', () => {
  it('names fields, never values', () => {
    expect(changedFields(known, { ...known, name: '乙', sex: 'other' })).toEqual(['name', 'sex']);
  });
});

describe('registrationSchema', () => {
  const wardId = '01890000-0000-7000-8000-000000000000';

  it('needs a name or says that there is none', () => {
    expect(registrationSchema.safeParse({ wardId, patient: {} }).success).toBe(false);
    expect(registrationSchema.safeParse({ wardId, patient: { unidentified: true } }).success).toBe(true);
  });

  it('takes a correction with a coded reason only', () => {
    const corrects = { caseId: wardId, reason: '写错了名字李四' };
    expect(registrationSchema.safeParse({ wardId, patient: { name: '甲' }, corrects }).success).toBe(false);
  });
});
