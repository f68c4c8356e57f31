import { type VisitEntity } from '#libs/db/entities/visit.entity';
import { lockCaseOfVisit } from '#libs/db/stores/case.store';
import { findVisit, holdNumbers } from '#libs/db/stores/patient.store';
import { type Tx } from '#libs/db/transaction';
import { unknownVisit } from '#libs/interop/hl7v2/adt.outcome';
import { type VisitEvent } from '#libs/interop/hl7v2/adt.types';
import { valueOf } from '#libs/interop/hl7v2/fields';
import { type AdtEffect, type AdtSetting, dead, ignored } from './adt-effect';
import { numbersOf } from './adt-patient';
import { isOlder } from './order';
import { patientOfVisit, updateFromFeed } from './resolve-patient';

/** The visit an update or cancellation is about, its numbers held; otherwise what becomes of the message. */
export const visitOfEvent = async (tx: Tx, event: VisitEvent): Promise<VisitEntity | AdtEffect> => {
  const visitNumber = valueOf(event.visit.visitNumber)?.value;
  if (visitNumber === undefined)
    return event.visit.emergency ? dead('101', 'field-missing', 'PV1-19') : ignored('not-emergency');
  await holdNumbers(tx, { numbers: numbersOf(event), visitNumber });
  const visit = await findVisit(tx, visitNumber);
  if (visit) return (await isOlder(tx, visit.id, event)) ? ignored('older', { visitId: visit.id }) : visit;
  const unknown = unknownVisit(event.visit);
  return unknown.outcome === 'ignore' ? ignored(unknown.reason) : { outcome: 'dead', problems: [unknown.problem] };
};

/** A08: what is known of the patient of a known visit; the rules run again where age or sex changed. */
export const updateVisit = async (tx: Tx, event: VisitEvent, setting: AdtSetting): Promise<AdtEffect> => {
  const visit = await visitOfEvent(tx, event);
  if ('outcome' in visit) return visit;
  const numbers = numbersOf(event);
  const { timeScale, timeZone } = setting;
  const locked = await patientOfVisit(tx, visit, { numbers, timeScale });
  if (!locked) return dead('204', 'visit-unknown', 'PID-3');
  const time = { at: new Date(), timeZone, arriving: false };
  await updateFromFeed(tx, locked, { patient: event.patient, numbers, time, timeScale });
  const of = await lockCaseOfVisit(tx, 'triage', visit.id);
  return { outcome: 'applied', visitId: visit.id, caseId: of?.id ?? null };
};
