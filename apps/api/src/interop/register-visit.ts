import { WardEntity } from '#libs/db/entities/ward.entity';
import { normaliseWords } from '#libs/crypto/normalise';
import { type VisitEntity } from '#libs/db/entities/visit.entity';
import { lockCaseOfVisit } from '#libs/db/stores/case.store';
import { findVisit, holdNumbers, insertPatient, insertVisit, type PatientNumber } from '#libs/db/stores/patient.store';
import { drawTicket } from '#libs/db/stores/triage.store';
import { type Tx } from '#libs/db/transaction';
import { type VisitEvent } from '#libs/interop/hl7v2/adt.types';
import { valueOf } from '#libs/interop/hl7v2/fields';
import { openTriageCase } from '../triage/arrival';
import { lockPatientWithCases } from '../triage/patient-changed';
import { type AdtEffect, type AdtSetting, dead, ignored } from './adt-effect';
import { nobody, numbersOf, patientAfter } from './adt-patient';
import { exactInstant, isOlder } from './order';
import { orAgain, ownerOf, patientOfVisit, updateFromFeed } from './resolve-patient';

/** An arrival as the parts of its effect see it. */
interface Arriving {
  readonly event: VisitEvent;
  readonly visitNumber: string;
  readonly wardId: string;
  readonly numbers: readonly PatientNumber[];
  readonly setting: AdtSetting;
}

/**
 * A04 of an emergency visit: patient by number, visit by number, and a triage case that waits for its first assessment.
 * Said again it updates what is known of the patient and makes nothing twice.
 */
export const registerVisit = async (tx: Tx, event: VisitEvent, setting: AdtSetting): Promise<AdtEffect> => {
  const visitNumber = valueOf(event.visit.visitNumber)?.value;
  if (visitNumber === undefined) return dead('101', 'field-missing', 'PV1-19');
  const place = valueOf(event.visit.location)?.pointOfCare;
  if (place === undefined) return dead('101', 'field-missing', 'PV1-3');
  const ward = await wardNamed(tx, place);
  if (!ward) return dead('204', 'location-unknown', 'PV1-3');
  const numbers = numbersOf(event);
  await holdNumbers(tx, { numbers, visitNumber });
  const arriving: Arriving = { event, visitNumber, wardId: ward.id, numbers, setting };
  const visit = await findVisit(tx, visitNumber);
  return visit ? registerAgain(tx, visit, arriving) : registerFirst(tx, arriving);
};

/** The ward with this code, else with this name. */
const wardNamed = async ({ manager, principal }: Tx, place: string): Promise<WardEntity | undefined> => {
  const wards = await manager.findBy(WardEntity, { organisationId: principal.organisationId });
  const wanted = normaliseWords(place);
  return (
    wards.find(({ code }) => normaliseWords(code) === wanted) ??
    wards.find(({ name }) => normaliseWords(name) === wanted)
  );
};

const registerFirst = async (tx: Tx, arriving: Arriving): Promise<AdtEffect> => {
  const patientId = await takePatient(tx, arriving);
  const { visitNumber: number, wardId } = arriving;
  const arrivedAt = arrivedAtOf(arriving.event);
  const visitId = await insertVisit(tx, { patientId, wardId, class: 'emergency', number, arrivedAt });
  return openCase(tx, arriving, { patientId, visitId });
};

/** A known patient is updated, anybody else is stored. */
const takePatient = async (tx: Tx, { event, numbers, wardId, setting }: Arriving): Promise<string> => {
  const time = { at: new Date(), timeZone: setting.timeZone, arriving: true };
  const owner = await ownerOf(tx, numbers, wardId);
  if (!owner) return insertPatient(tx, { ...patientAfter(nobody(time), event.patient, time), identifiers: numbers });
  const locked = orAgain(await lockPatientWithCases(tx, owner.id));
  await updateFromFeed(tx, locked, { patient: event.patient, numbers, time, timeScale: setting.timeScale });
  return locked.patient.id;
};

/** The visit is known: an update, unless its case was cancelled, which a newer registration opens anew. */
const registerAgain = async (tx: Tx, visit: VisitEntity, arriving: Arriving): Promise<AdtEffect> => {
  const { event, numbers, setting } = arriving;
  const visitId = visit.id;
  if (await isOlder(tx, visitId, event)) return ignored('older', { visitId });
  const locked = await patientOfVisit(tx, visit, { numbers, timeScale: setting.timeScale });
  if (!locked) return dead('204', 'visit-unknown', 'PID-3');
  const time = { at: new Date(), timeZone: setting.timeZone, arriving: true };
  await updateFromFeed(tx, locked, { patient: event.patient, numbers, time, timeScale: setting.timeScale });
  const of = await lockCaseOfVisit(tx, 'triage', visitId);
  if (of && of.state !== 'cancelled') return { outcome: 'applied', visitId, caseId: of.id };
  return openCase(tx, arriving, { patientId: locked.patient.id, visitId });
};

const openCase = async (
  tx: Tx,
  { event, wardId, setting }: Arriving,
  { patientId, visitId }: { patientId: string; visitId: string },
): Promise<AdtEffect> => {
  const of = await openTriageCase(tx, {
    wardId,
    patientId,
    visitId,
    arrivedAt: arrivedAtOf(event),
    timeZone: setting.timeZone,
    straightToResus: false,
    corrects: null,
    said: saidIn(event),
  });
  await drawTicket(tx, of.id);
  return { outcome: 'applied', visitId, caseId: of.id };
};

/** When the patient arrived: PV1-44 where it names at least a minute, else the event; never ahead of now. */
const arrivedAtOf = ({ visit, orderAt }: VisitEvent): Date => {
  const at = exactInstant(valueOf(visit.admittedAt)) ?? orderAt;
  return new Date(Math.min(Date.parse(at), Date.now()));
};

const saidIn = ({ visit }: VisitEvent): Record<string, string> => {
  const [arrivalMode, admitReason] = [valueOf(visit.arrivalMode), valueOf(visit.admitReason)];
  return { ...(arrivalMode !== undefined && { arrivalMode }), ...(admitReason !== undefined && { admitReason }) };
};
