import { type PatientDetails } from '#libs/db/stores/patient.store';
import { refuse, type Refusal } from '#libs/review/refusal';
import { ageInDays, localDay, unidentifiedName, yearsInDays } from '#libs/triage-desk/patient-facts';
import { type PatientBody, type PatientPatch } from './triage.schema';

/** When and where a patient stands at the desk: ages and generated names are by the hospital's calendar. */
export interface DeskTime {
  readonly at: Date;
  readonly timeZone: string;
}

/** What is known of a stored patient; the numbers are the ones to be added. */
export type KnownPatient = Omit<PatientDetails, 'identifiers'>;

const implausible = refuse('VALIDATION_FAILED', {
  paths: ['birthDate'],
  rule: 'not in the future, not over 150 years',
});

/** What is stored of a patient as sent: an age from the birth date where there is one, else the estimate, marked. */
export const detailsOf = (patient: PatientBody, { at, timeZone }: DeskTime): PatientDetails | Refusal => {
  const age = ageOf(patient.birthDate, patient.estimatedAgeYears, localDay(at, timeZone));
  if (age === null) return implausible;
  return {
    ...age,
    name: patient.name ?? unidentifiedName(patient.sex, at, timeZone),
    sex: patient.sex,
    birthDate: patient.birthDate ?? null,
    phone: patient.phone ?? null,
    address: patient.address ?? null,
    unidentified: patient.unidentified,
    identifiers: patient.identifiers,
  };
};

type Age = Pick<PatientDetails, 'ageDays' | 'ageEstimated'>;

/** Null for a birth date nobody can have. */
const ageOf = (birthDate: string | undefined, years: number | null | undefined, day: string): Age | null => {
  if (birthDate === undefined)
    return typeof years === 'number'
      ? { ageDays: yearsInDays(years), ageEstimated: true }
      : { ageDays: null, ageEstimated: false };
  const ageDays = ageInDays(birthDate, day);
  return ageDays === null ? null : { ageDays, ageEstimated: false };
};

/** What is known once a patch is taken over: what it leaves out stays; a name identifies the patient. */
export const patchedDetails = (
  known: KnownPatient,
  patch: PatientPatch,
  { at, timeZone }: DeskTime,
): PatientDetails | Refusal => {
  const age = patchedAge(known, patch, localDay(at, timeZone));
  if ('refused' in age) return age;
  return {
    ...age,
    name: patch.name ?? known.name,
    sex: patch.sex ?? known.sex,
    phone: patch.phone === undefined ? known.phone : patch.phone,
    address: patch.address === undefined ? known.address : patch.address,
    unidentified: known.unidentified && patch.name === undefined,
    identifiers: patch.identifiers ?? [],
  };
};

type DatedAge = Age & Pick<PatientDetails, 'birthDate'>;

/** An estimate beside a birth date is refused; one that stood alone survives a deleted birth date it never had. */
const patchedAge = (known: KnownPatient, patch: PatientPatch, day: string): DatedAge | Refusal => {
  const { estimatedAgeYears: years } = patch;
  const birthDate = patch.birthDate === undefined ? known.birthDate : patch.birthDate;
  const { ageDays, ageEstimated } = known;
  if (birthDate !== null && typeof years === 'number')
    return refuse('VALIDATION_FAILED', { paths: ['estimatedAgeYears'], rule: 'the birth date says the age' });
  if (birthDate === known.birthDate && typeof years !== 'number' && !(birthDate === null && years === null))
    return { birthDate, ageDays, ageEstimated };
  const age = ageOf(birthDate ?? undefined, years, day);
  return age === null ? implausible : { birthDate, ...age };
};

/** Whether the rules read something else of this patient now. */
export const rulesReadOtherwise = (before: KnownPatient, after: KnownPatient): boolean =>
  before.ageDays !== after.ageDays || before.ageEstimated !== after.ageEstimated || before.sex !== after.sex;

/** The names of the fields that differ, for the audit; never a value. */
export const changedFields = (before: KnownPatient, after: KnownPatient): string[] =>
  (Object.keys(before) as (keyof KnownPatient)[]).filter((field) => before[field] !== after[field]);
