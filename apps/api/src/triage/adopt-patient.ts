import { type PatientEntity } from '#libs/db/entities/patient.entity';
import {
  addIdentifiers,
  lockPatient,
  patientDetails,
  type PatientDetails,
  updatePatient,
} from '#libs/db/stores/patient.store';
import { record } from '#libs/db/stores/record.store';
import { type Tx } from '#libs/db/transaction';
import { refuse, type Refusal } from '#libs/review/refusal';
import { ageInDays, localDay } from '#libs/triage-desk/patient-facts';
import { sameName } from './identify';
import { changedFields, type DeskTime, type KnownPatient } from './patient-details';

/**
 * Takes a known patient in again: the age is of today, what was not known is filled in from what was sent, what was known
 * stays. A name that is not theirs refuses: the number was mistyped, or is somebody else's.
 */
export const adoptPatient = async (tx: Tx, known: PatientEntity, given: Given): Promise<string | Refusal> => {
  const patient = await lockPatient(tx, known.id);
  const before = patientDetails(tx, patient);
  const { details, named } = given;
  if (named && !before.unidentified && !sameName(before.name, details.name))
    return refuse('CONFLICT', {
      path: 'patient.identifiers',
      reason: 'the number belongs to somebody of another name',
    });
  const after = filledIn(before, given);
  const fields = changedFields(before, after);
  await addIdentifiers(tx, patient.id, details.identifiers);
  if (fields.length === 0) return patient.id;
  await updatePatient(tx, patient, { ...after, identifiers: [] });
  await record(tx, {
    audit: { action: 'patient.update', entityType: 'patient', entityId: patient.id, detail: { fields } },
  });
  return patient.id;
};

type Given = { readonly details: PatientDetails; readonly named: boolean; readonly time: DeskTime };

const filledIn = (before: KnownPatient, given: Given): KnownPatient => {
  const { details, named } = given;
  return {
    name: before.unidentified && named ? details.name : before.name,
    unidentified: before.unidentified && !named,
    sex: before.sex === 'unknown' ? details.sex : before.sex,
    ...ageOfToday(before, given),
    phone: before.phone ?? details.phone,
    address: before.address ?? details.address,
  };
};

/** An age grows: by the birth date where one is known, else by today's estimate. */
const ageOfToday = (
  before: KnownPatient,
  { details, time }: Given,
): Pick<KnownPatient, 'birthDate' | 'ageDays' | 'ageEstimated'> => {
  const birthDate = before.birthDate ?? details.birthDate;
  const age = birthDate === null ? null : ageInDays(birthDate, localDay(time.at, time.timeZone));
  if (age !== null) return { birthDate, ageDays: age, ageEstimated: false };
  const { ageDays, ageEstimated } = details.ageDays === null ? before : details;
  return { birthDate, ageDays, ageEstimated };
};
