import { type PatientEntity } from '#libs/db/entities/patient.entity';
import { lockOpenCases } from '#libs/db/stores/case.store';
import { raiseNotice } from '#libs/db/stores/notice.store';
import {
  addIdentifiers,
  findPatient,
  holdNumbers,
  mergePatient,
  patientAndMerged,
  patientDetails,
  type PatientNumber,
} from '#libs/db/stores/patient.store';
import { record } from '#libs/db/stores/record.store';
import { type Tx } from '#libs/db/transaction';
import { type MergeEvent } from '#libs/interop/hl7v2/adt.types';
import { type LockedPatient, lockPatientWithCases, tellCases } from '../triage/patient-changed';
import { type AdtEffect, type AdtSetting, ignored } from './adt-effect';
import { numbersFrom } from './adt-patient';
import { orAgain } from './resolve-patient';

/** One pair of a merge: the numbers that stay, and those that are retired into them. */
interface Pair {
  readonly survivor: readonly PatientNumber[];
  readonly retired: readonly PatientNumber[];
}

/** What became of a pair; with the case of the retired patient, where one is open. */
type Merged = { readonly done: true; readonly caseId: string | null } | { readonly done: false; readonly why: string };

/**
 * A40: the numbers of MRG-1 name the patient of PID-3 from now on. Rows and cases of the retired patient stay under their
 * own id and mirror the survivor; what was known before is kept. Nobody is created: a number that names nobody yet is
 * given to the patient whom the other one names.
 */
export const mergePatients = async (tx: Tx, event: MergeEvent, { timeScale }: AdtSetting): Promise<AdtEffect> => {
  const pairs = event.merges.map(({ patient, priorIdentifiers }) => ({
    survivor: numbersFrom(patient.identifiers, event.sendingApplication),
    retired: numbersFrom(priorIdentifiers, event.sendingApplication),
  }));
  await holdNumbers(tx, { numbers: pairs.flatMap(({ survivor, retired }) => [...survivor, ...retired]) });
  const merged: Merged[] = [];
  for (const pair of pairs) merged.push(await mergePair(tx, pair, timeScale));
  const effects = merged.filter((one) => one.done);
  const [first] = merged;
  if (effects.length === 0) return ignored(first?.done === false ? first.why : 'patient-unknown');
  return { outcome: 'applied', visitId: null, caseId: effects.find(({ caseId }) => caseId !== null)?.caseId ?? null };
};

const mergePair = async (tx: Tx, { survivor, retired }: Pair, timeScale: number): Promise<Merged> => {
  const [into, from] = [await findPatient(tx, survivor), await findPatient(tx, retired)];
  if (into && from)
    return into.id === from.id ? { done: false, why: 'already-merged' } : link(tx, { into, from, timeScale });
  const known = into ?? from;
  if (!known) return { done: false, why: 'patient-unknown' };
  await addIdentifiers(tx, known.id, into ? retired : survivor);
  await recordMerge(tx, { entityId: known.id, caseIds: [], survivor: known.id });
  return { done: true, caseId: null };
};

const link = async (
  tx: Tx,
  { into, from, timeScale }: { into: PatientEntity; from: PatientEntity; timeScale: number },
): Promise<Merged> => {
  // The cases of both at once, in the one order of all writers, before either patient.
  await lockOpenCases(tx, 'triage', [
    ...(await patientAndMerged(tx, into.id)),
    ...(await patientAndMerged(tx, from.id)),
  ]);
  const survivor = orAgain(await lockPatientWithCases(tx, into.id));
  const retired = orAgain(await lockPatientWithCases(tx, from.id));
  const before = patientDetails(tx, retired.patient);
  await mergePatient(tx, retired.patient, survivor.patient.id);
  const caseIds = retired.cases.map(({ id }) => id);
  await recordMerge(tx, { entityId: retired.patient.id, caseIds, survivor: survivor.patient.id });
  await tellCases(tx, retired.cases, { before, source: 'feed', timeScale });
  await tellOfTwo(tx, survivor, retired);
  return { done: true, caseId: caseIds[0] ?? null };
};

/** One patient with two open cases: which of them goes on, a person decides. */
const tellOfTwo = async (tx: Tx, survivor: LockedPatient, retired: LockedPatient): Promise<void> => {
  const [one, other] = [survivor.cases[0], retired.cases[0]];
  if (!one || !other) return;
  await raiseNotice(tx, {
    kind: 'merge-conflict',
    audience: 'charge_nurse',
    uniqueKey: `merge-conflict:${one.id}:${other.id}`,
    wardId: other.wardId,
    caseId: other.id,
    data: { cases: [one.id, other.id] },
  });
};

const recordMerge = (
  tx: Tx,
  { entityId, caseIds, survivor }: { entityId: string; caseIds: readonly string[]; survivor: string },
): Promise<void> =>
  record(tx, { audit: { action: 'patient.merge', entityType: 'patient', entityId, caseIds, detail: { survivor } } });
