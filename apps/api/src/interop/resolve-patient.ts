import { normaliseIdentifier } from '#libs/crypto/normalise';
import { type PatientEntity } from '#libs/db/entities/patient.entity';
import { type VisitEntity } from '#libs/db/entities/visit.entity';
import { raiseNotice } from '#libs/db/stores/notice.store';
import {
  addIdentifiers,
  findPatients,
  identifiersOf,
  patientDetails,
  type PatientNumber,
  survivorOf,
} from '#libs/db/stores/patient.store';
import { type Tx } from '#libs/db/transaction';
import { CountersignError } from '#libs/errors/errors';
import { type AdtPatient } from '#libs/interop/hl7v2/adt.types';
import { isRefusal, type Refusal } from '#libs/review/refusal';
import { linkTo } from '../triage/identify';
import { changePatient, type LockedPatient, lockPatientWithCases } from '../triage/patient-changed';
import { changedFields, type DeskTime } from '../triage/patient-details';
import { patientAfter } from './adt-patient';

/** A refusal of our own parts on the way of a message: somebody else was faster, and the message is taken again. */
export const orAgain = <T>(value: T | Refusal): T => {
  if (isRefusal(value)) throw new CountersignError('CONFLICT', value.detail);
  return value;
};

/** Whom these numbers name; the first of several, and then a charge nurse is told that they name more than one. */
export const ownerOf = async (
  tx: Tx,
  numbers: readonly PatientNumber[],
  wardId: string | null,
): Promise<PatientEntity | null> => {
  const [owner, ...others] = await findPatients(tx, numbers);
  for (const other of others)
    await raiseNotice(tx, {
      kind: 'identity-conflict',
      audience: 'charge_nurse',
      uniqueKey: `identity-conflict:${owner?.id}:${other.id}`,
      wardId,
      data: { patients: [owner?.id, other.id] },
    });
  return owner ?? null;
};

/**
 * The patient of a known visit, locked with their open cases; null when the message is about somebody else.
 * An unidentified patient is linked to whom the message names.
 */
export const patientOfVisit = async (
  tx: Tx,
  visit: VisitEntity,
  { numbers, timeScale }: { numbers: readonly PatientNumber[]; timeScale: number },
): Promise<LockedPatient | null> => {
  const there = await survivorOf(tx, visit.patientId);
  const owner = await ownerOf(tx, numbers, visit.wardId);
  if (owner && owner.id !== there.id) {
    if (!there.unidentified) return null;
    const locked = orAgain(await lockPatientWithCases(tx, there.id));
    orAgain(await linkTo(tx, locked, { owner, name: undefined, source: 'feed', timeScale }));
  } else if (!owner && (await carriesAnother(tx, there.id, numbers))) return null;
  return orAgain(await lockPatientWithCases(tx, visit.patientId));
};

/** Whether a patient has, of the same kind and authority, another number than the message says. */
const carriesAnother = async (tx: Tx, patientId: string, numbers: readonly PatientNumber[]): Promise<boolean> => {
  const known = await identifiersOf(tx, patientId);
  return numbers.some(({ authority, type, value }) =>
    known.some(
      (one) =>
        one.authority === authority &&
        one.type === type &&
        normaliseIdentifier(one.value) !== normaliseIdentifier(value),
    ),
  );
};

/** Lays a message over what is known of a locked patient; nothing is stored where it says nothing new. */
export const updateFromFeed = async (
  tx: Tx,
  locked: LockedPatient,
  given: {
    patient: AdtPatient;
    numbers: readonly PatientNumber[];
    time: DeskTime & { arriving: boolean };
    timeScale: number;
  },
): Promise<void> => {
  const { patient, numbers, time, timeScale } = given;
  const before = patientDetails(tx, locked.patient);
  const after = patientAfter(before, patient, time);
  if (changedFields(before, after).length === 0) return addIdentifiers(tx, locked.patient.id, numbers);
  await changePatient(tx, locked, { details: { ...after, identifiers: numbers }, source: 'feed', timeScale });
};
