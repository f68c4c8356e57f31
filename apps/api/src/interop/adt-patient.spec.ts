import { type AdtPatient, type VisitEvent } from '#libs/interop/hl7v2/adt.types';
import { absent, present } from '#libs/interop/hl7v2/fields';
import { type KnownPatient } from '../triage/patient-details';
import { nobody, numbersOf, patientAfter } from './adt-patient';

const time = { at: new Date('2026-11-23T00:00:00Z'), timeZone: 'Asia/Shanghai', arriving: false };
const deleted = { state: 'delete' } as const;

const silent: AdtPatient = {
  identifiers: [],
  name: absent,
  birthDate: absent,
  sex: absent,
  address: absent,
  homePhones: absent,
  workPhones: absent,
  account: absent,
  diedAt: absent,
  deathIndicator: absent,
};
const known: KnownPatient = {
  name: '李明',
  unidentified: false,
  sex: 'male',
  birthDate: '2020-01-01',
  ageDays: 100,
  ageEstimated: false,
  phone: '010-1',
  address: '某路',
};
const after = (said: Partial<AdtPatient>, before = known, arriving = false) =>
  patientAfter(before, { ...silent, ...said }, { ...time, arriving });
const day = (date: string) => present({ date, precision: 'day' as const });

describe('patientAfter', () => {
  it('keeps everything that a message does not mention', () => {
    expect(after({})).toEqual(known);
  });

  it('replaces what it says', () => {
    const said = {
      name: present({ full: '王芳' }),
      sex: present('female' as const),
      address: present({ text: '新路' }),
      homePhones: present([{ number: '139' }, { number: '138' }]),
      birthDate: day('2026-11-22'),
    };
    expect(after(said)).toEqual({
      name: '王芳',
      unidentified: false,
      sex: 'female',
      birthDate: '2026-11-22',
      ageDays: 1,
      ageEstimated: false,
      phone: '139',
      address: '新路',
    });
  });

  it('deletes what it deletes; a deleted name means that nobody knows who it is', () => {
    const gone = { name: deleted, sex: deleted, address: deleted, homePhones: deleted, birthDate: deleted };
    expect(after(gone)).toEqual({
      name: '无名氏-1123080000',
      unidentified: true,
      sex: 'unknown',
      birthDate: null,
      ageDays: null,
      ageEstimated: false,
      phone: null,
      address: null,
    });
  });

  it('keeps the generated name of whom nobody knew before', () => {
    const before = { ...known, name: '无名氏男-1', unidentified: true };
    expect(after({ name: deleted }, before)).toMatchObject({ name: '无名氏男-1', unidentified: true });
  });

  it('lets an age grow from one arrival to the next, not from one message to the next', () => {
    expect(after({ birthDate: day('2020-01-01') }).ageDays).toBe(100);
    expect(after({}, known, true).ageDays).toBe(2518);
    expect(after({ birthDate: day('2020-01-01') }, known, true).ageDays).toBe(2518);
  });

  it('takes a year or a month as an estimate, and a date that nobody can have as nothing', () => {
    expect(after({ birthDate: present({ date: '2000', precision: 'year' }) })).toMatchObject({
      birthDate: null,
      ageDays: 9641,
      ageEstimated: true,
    });
    expect(after({ birthDate: present({ date: '2026-11', precision: 'month' }) })).toMatchObject({ ageDays: 8 });
    expect(after({ birthDate: present({ date: '2026', precision: 'year' }) })).toMatchObject({ ageEstimated: true });
    expect(after({ birthDate: day('1800-01-01') })).toEqual(known);
    expect(after({ birthDate: day('2027-01-01') })).toEqual(known);
  });

  it('makes a person of nobody by a name', () => {
    expect(after({ name: present({ full: '赵云' }) }, nobody(time))).toMatchObject({
      name: '赵云',
      unidentified: false,
    });
    expect(after({}, nobody(time))).toMatchObject({ unidentified: true, name: expect.stringMatching(/^无名氏/) });
  });
});

describe('numbersOf', () => {
  const event = (identifiers: AdtPatient['identifiers'], sendingApplication = 'HIS') =>
    numbersOf({ patient: { ...silent, identifiers }, sendingApplication } as unknown as VisitEvent);

  it('gives a number without an authority to whoever sent it', () => {
    expect(event([{ value: '1' }])).toEqual([{ authority: 'HIS', type: 'PI', value: '1' }]);
    expect(event([{ value: '1' }], '')).toEqual([{ authority: 'HL7', type: 'PI', value: '1' }]);
    expect(event([{ value: '1', assigningAuthority: 'CN', type: 'NNCHN' }])).toEqual([
      { authority: 'CN', type: 'NNCHN', value: '1' },
    ]);
  });
});
