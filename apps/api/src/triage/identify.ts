import { normaliseWords } from '#libs/crypto/normalise';
import { type PatientEntity } from '#libs/db/entities/patient.entity';
import { findCase } from '#libs/db/stores/case.store';
import {
  findPatient,
  holdNumbers,
  lockPatient,
  mergePatient,
  patientDetails,
  survivorOf,
} from '#libs/db/stores/patient.store';
import { record } from '#libs/db/stores/record.store';
import { acrossWards, type Tx } from '#libs/db/transaction';
import { isRefusal, refuse, type Refusal } from '#libs/review/refusal';
import { deskRefusal, timeZoneOf } from './desk';
import { type ChangedBy, changePatient, type LockedPatient, lockPatientWithCases, tellCases } from './patient-changed';
import { type DeskTime, patchedDetails } from './patient-details';
import { type Placed } from './stand';
import { type PatientPatch } from './triage.schema';

/** What the desk is told of a patient it knows better now; `version` is the patient's. */
export interface PatientAnswer {
  readonly caseId: string;
  readonly patientId: string;
  readonly version: number;
  readonly unidentified: boolean;
  readonly ageDays: number | null;
  readonly ageEstimated: boolean;
  /** Where the case stands, when the rules ran again. */
  readonly placed: Placed | null;
}

/** What is sent to identify the patient of a case: If-Match carries the version of the patient that was shown. */
export interface PatientOrder {
  readonly caseId: string;
  readonly version: number;
  readonly patch: PatientPatch;
  readonly timeScale: number;
}

/** Stores what is known of a patient now. A number of somebody known links an unidentified patient to them. */
export const identifyPatient = async (tx: Tx, order: PatientOrder): Promise<PatientAnswer | Refusal> => {
  const { caseId, version, patch, timeScale } = order;
  await holdNumbers(tx, { numbers: patch.identifiers ?? [] });
  const of = await findCase(tx, caseId);
  if (of?.process !== 'triage') return refuse('NOT_FOUND');
  const foreign = deskRefusal(tx, of.wardId);
  if (foreign) return foreign;
  const time = { at: new Date(), timeZone: await timeZoneOf(tx) };
  // The patient may wait on another ward too: the rules run again there as well.
  const placed = await acrossWards(tx, async () => {
    const locked = await lockPatientWithCases(tx, of.patientId);
    if (isRefusal(locked)) return locked;
    if (locked.patient.version !== version) return refuse('VERSION_MISMATCH', { current: locked.patient.version });
    return takeOver(tx, locked, { patch, time, source: 'person', timeScale });
  });
  return isRefusal(placed) ? placed : answerOf(tx, caseId, { patientId: of.patientId, placed });
};

type Patched = ChangedBy & { readonly patch: PatientPatch; readonly time: DeskTime };

const takeOver = async (
  tx: Tx,
  locked: LockedPatient,
  { patch, time, ...by }: Patched,
): Promise<ReadonlyMap<string, Placed> | Refusal> => {
  const owner = await findPatient(tx, patch.identifiers ?? []);
  if (owner && owner.id !== locked.patient.id) return linkTo(tx, locked, { owner, name: patch.name, ...by });
  const details = patchedDetails(patientDetails(tx, locked.patient), patch, time);
  return isRefusal(details) ? details : changePatient(tx, locked, { details, ...by });
};

/** Whether two names are one, whatever their width, case and spacing. */
export const sameName = (a: string, b: string): boolean => normaliseWords(a) === normaliseWords(b);

/**
 * Links an unidentified patient to the one whose number they carry: the row stays and mirrors the other from now on.
 * A patient who has a name is somebody: the number is wrong, or the record was opened for the wrong patient.
 */
export const linkTo = async (
  tx: Tx,
  { patient, cases }: LockedPatient,
  { owner, name, ...by }: ChangedBy & { owner: PatientEntity; name: string | undefined },
): Promise<ReadonlyMap<string, Placed> | Refusal> => {
  const before = patientDetails(tx, patient);
  if (!patient.unidentified) return refuse('CONFLICT', { path: 'identifiers', reason: 'a number of another patient' });
  await lockPatient(tx, owner.id);
  if (name !== undefined && !sameName(name, patientDetails(tx, owner).name))
    return refuse('CONFLICT', { path: 'name', reason: 'the number belongs to somebody of another name' });
  await mergePatient(tx, patient, owner.id);
  await record(tx, {
    audit: {
      action: 'patient.link',
      entityType: 'patient',
      entityId: patient.id,
      caseIds: cases.map(({ id }) => id),
      detail: { survivor: owner.id },
    },
  });
  return tellCases(tx, cases, { before, ...by });
};

const answerOf = async (
  tx: Tx,
  caseId: string,
  { patientId, placed }: { patientId: string; placed: ReadonlyMap<string, Placed> },
): Promise<PatientAnswer> => {
  const { id, version, unidentified, ageDays, ageEstimated } = await survivorOf(tx, patientId);
  const stands = placed.get(caseId) ?? null;
  return { caseId, patientId: id, version, unidentified, ageDays, ageEstimated, placed: stands };
};
