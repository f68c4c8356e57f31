import { type PatientNumber } from '#libs/db/stores/patient.store';
import { type AdtPatient, type VisitEvent } from '#libs/interop/hl7v2/adt.types';
import { type Hl7Value } from '#libs/interop/hl7v2/fields';
import { type BirthDate } from '#libs/interop/hl7v2/timestamp';
import { ageInDays, localDay, unidentifiedName } from '#libs/triage-desk/patient-facts';
import { type DeskTime, type KnownPatient } from '../triage/patient-details';

/** The numbers of PID-3; one that names no authority belongs to the system that sent it. */
export const numbersOf = ({ patient, sendingApplication }: VisitEvent): PatientNumber[] =>
  numbersFrom(patient.identifiers, sendingApplication);

/** Numbers as a message names them (PID-3, MRG-1), as we keep them. */
export const numbersFrom = (identifiers: AdtPatient['identifiers'], sendingApplication: string): PatientNumber[] =>
  identifiers.map(({ value, assigningAuthority, type }) => ({
    authority: (assigningAuthority ?? sendingApplication).slice(0, 60) || 'HL7',
    type: (type ?? 'PI').slice(0, 20),
    value,
  }));

/** Nobody yet: what a message about a new patient is laid over. */
export const nobody = ({ at, timeZone }: DeskTime): KnownPatient => ({
  name: unidentifiedName('unknown', at, timeZone),
  unidentified: true,
  sex: 'unknown',
  birthDate: null,
  ageDays: null,
  ageEstimated: false,
  phone: null,
  address: null,
});

const laidOver = <T, K>(known: K, value: Hl7Value<T>, as: { present: (value: T) => K; deleted: K }): K => {
  if (value.state === 'absent') return known;
  return value.state === 'delete' ? as.deleted : as.present(value.value);
};

/**
 * What is known once a message is laid over it: what it says replaces, `""` deletes, what it leaves out stays.
 * `arriving`: the age is taken as of today; otherwise it changes only with the birth date.
 */
export const patientAfter = (known: KnownPatient, patient: AdtPatient, time: ArrivalTime): KnownPatient => {
  const sex = laidOver(known.sex, patient.sex, { present: (value) => value, deleted: 'unknown' as const });
  return {
    ...nameAfter(known, patient, { ...time, sex }),
    ...ageAfter(known, patient.birthDate, time),
    sex,
    phone: laidOver(known.phone, patient.homePhones, {
      present: ([first]) => first?.number ?? known.phone,
      deleted: null,
    }),
    address: laidOver(known.address, patient.address, { present: ({ text }) => text, deleted: null }),
  };
};

/** A deleted name means that nobody knows who it is: the patient gets a generated one. */
const nameAfter = (
  known: KnownPatient,
  { name }: AdtPatient,
  { at, timeZone, sex }: DeskTime & { sex: KnownPatient['sex'] },
): Pick<KnownPatient, 'name' | 'unidentified'> => {
  if (name.state === 'present') return { name: name.value.full, unidentified: false };
  if (name.state === 'absent' || known.unidentified) return { name: known.name, unidentified: known.unidentified };
  return { name: unidentifiedName(sex, at, timeZone), unidentified: true };
};

type Age = Pick<KnownPatient, 'birthDate' | 'ageDays' | 'ageEstimated'>;
type ArrivalTime = DeskTime & { readonly arriving: boolean };

const unknownAge: Age = { birthDate: null, ageDays: null, ageEstimated: false };

const ageAfter = (known: KnownPatient, value: Hl7Value<BirthDate>, time: ArrivalTime): Age => {
  const kept = ageKept(known, time);
  if (value.state === 'absent') return kept;
  // Deleting a birth date that nobody knew leaves what the desk estimated.
  if (value.state === 'delete') return known.birthDate === null ? kept : unknownAge;
  if (value.value.date === known.birthDate) return kept;
  // A date that nobody can have is a placeholder and says nothing.
  return born(value.value, localDay(time.at, time.timeZone)) ?? kept;
};

/** An age grows from one arrival to the next, not from one message to the next. */
const ageKept = ({ birthDate, ageDays, ageEstimated }: KnownPatient, { at, timeZone, arriving }: ArrivalTime): Age => {
  const today = arriving && birthDate !== null ? dated(birthDate, localDay(at, timeZone)) : null;
  return today ?? { birthDate, ageDays, ageEstimated };
};

const dated = (birthDate: string, today: string): Age | null => {
  const ageDays = ageInDays(birthDate, today);
  return ageDays === null ? null : { birthDate, ageDays, ageEstimated: false };
};

/** A year or a month alone gives an estimate, from its middle. */
const born = ({ date, precision }: BirthDate, today: string): Age | null => {
  if (precision === 'day') return dated(date, today);
  const middle = precision === 'year' ? `${date}-07-01` : `${date}-15`;
  const ageDays = ageInDays(middle, today) ?? (middle > today ? 0 : null);
  return ageDays === null ? null : { birthDate: null, ageDays, ageEstimated: true };
};
