import { type CaseEntity } from '#libs/db/entities/case.entity';
import { correctionOf, lockCase } from '#libs/db/stores/case.store';
import { findPatient, findVisit, holdNumbers, insertPatient, insertVisit } from '#libs/db/stores/patient.store';
import { drawTicket } from '#libs/db/stores/triage.store';
import { type Tx } from '#libs/db/transaction';
import { type Assessment } from '#libs/processes/triage/triage.assessment';
import { movesFrom, type TriageState } from '#libs/processes/triage/triage.moves';
import { isRefusal, refuse, type Refusal } from '#libs/review/refusal';
import { adoptPatient } from './adopt-patient';
import { type Arrival, openTriageCase } from './arrival';
import { askToLook, assess, type AssessmentAnswer, futureRefusal, type NewAssessment } from './assess';
import { deskRefusal, reachableWard, timeZoneOf } from './desk';
import { makeMove } from './move';
import { storeScreening } from './precaution';
import { type DeskTime, detailsOf } from './patient-details';
import { type AssessmentBody, type RegistrationBody, type ResusBody } from './triage.schema';

/** What the desk is told of a registration; `version` is the case's. */
export interface RegistrationAnswer {
  readonly caseId: string;
  readonly version: number;
  readonly patientId: string;
  readonly ticketNo: number;
  readonly state: string;
  readonly room: string | null;
  readonly assessment: AssessmentAnswer | null;
}

/** The room of whoever is rushed in before any form. */
export const resusRoom = 'RESUS';

/**
 * Registers an arrival: patient, visit, case, ticket, the first assessment if there is one, and the workflow's start. What
 * others found before arrival (oldest first) comes before the desk's own assessment, and stands for none.
 */
export const register = async (
  tx: Tx,
  body: RegistrationBody,
  { timeScale, prehospital = [] }: { timeScale: number; prehospital?: readonly Assessment[] },
): Promise<RegistrationAnswer | Refusal> => {
  await holdNumbers(tx, { numbers: body.patient.identifiers, visitNumber: body.visitNumber });
  const refusal = await registrationRefusal(tx, body);
  if (refusal) return refusal;
  const corrected = await correctedCase(tx, body);
  if (isRefusal(corrected)) return corrected;
  const arrival = await arrivalOf(tx, body, corrected);
  if (isRefusal(arrival)) return arrival;
  const of = await openTriageCase(tx, arrival);
  const assessed = await firstAssessments(tx, of, { body, prehospital, timeScale });
  if (isRefusal(assessed)) return assessed;
  const now = body.straightToResus ? await callToResus(tx, of.id) : standing(of, assessed);
  if (isRefusal(now)) return now;
  const room = body.straightToResus ? resusRoom : null;
  const { patientId } = arrival;
  const ticketNo = await drawTicket(tx, of.id);
  return { caseId: of.id, version: now.version, patientId, ticketNo, state: now.state, room, assessment: assessed };
};

type Standing = Pick<RegistrationAnswer, 'state' | 'version'>;

/** The registration that "straight to resus" stands for: nothing but the desk need be known. */
export const resusRegistration = ({ wardId, patient }: ResusBody): RegistrationBody => ({
  wardId,
  patient: {
    sex: 'unknown',
    identifiers: [],
    ...patient,
    unidentified: patient?.name === undefined || patient.unidentified === true,
  },
  straightToResus: true,
});

const standing = (of: CaseEntity, assessed: AssessmentAnswer | null): Standing =>
  assessed ? { state: 'assessing', version: assessed.version } : { state: of.state, version: of.version };

const registrationRefusal = async (tx: Tx, { wardId, arrivedAt }: RegistrationBody): Promise<Refusal | null> => {
  const ward = await reachableWard(tx, wardId);
  if (isRefusal(ward)) return ward;
  return deskRefusal(tx, wardId) ?? (arrivedAt === undefined ? null : futureRefusal('arrivedAt', arrivedAt));
};

/** The case that this registration corrects, cancelled if it still stands in the queue; null when it corrects none. */
const correctedCase = async (tx: Tx, { corrects }: RegistrationBody): Promise<CaseEntity | Refusal | null> => {
  if (!corrects) return null;
  const of = await lockCase(tx, corrects.caseId);
  if (of?.process !== 'triage') return refuse('NOT_FOUND', { path: 'corrects.caseId' });
  const foreign = deskRefusal(tx, of.wardId);
  if (foreign) return foreign;
  const other = await correctionOf(tx, of.id);
  if (other) return refuse('CONFLICT', { path: 'corrects.caseId', correctedBy: other });
  if (!movesFrom(of.state as TriageState).includes('cancel')) return of;
  const cancelled = await makeMove(tx, of, { move: 'cancel', reason: corrects.note ?? corrects.reason });
  return isRefusal(cancelled) ? cancelled : of;
};

const arrivalOf = async (tx: Tx, body: RegistrationBody, corrected: CaseEntity | null): Promise<Arrival | Refusal> => {
  const { wardId, corrects, arrivalMode, straightToResus } = body;
  const arrivedAt = body.arrivedAt ? new Date(body.arrivedAt) : new Date();
  const timeZone = await timeZoneOf(tx);
  const patientId = await patientOf(tx, body, { at: arrivedAt, timeZone });
  if (typeof patientId !== 'string') return patientId;
  const visitId = await visitOf(tx, body, { patientId, arrivedAt, corrected });
  if (typeof visitId !== 'string') return visitId;
  const said = { ...(arrivalMode && { arrivalMode }), ...(corrects?.note && { correctionNote: corrects.note }) };
  return { wardId, patientId, visitId, arrivedAt, timeZone, straightToResus, corrects: corrects ?? null, said };
};

const patientOf = async (tx: Tx, { patient }: RegistrationBody, time: DeskTime): Promise<string | Refusal> => {
  const details = detailsOf(patient, time);
  if (isRefusal(details)) return details;
  const known = await findPatient(tx, patient.identifiers);
  if (known) return adoptPatient(tx, known, { details, named: patient.name !== undefined, time });
  return insertPatient(tx, details);
};

/** A correction of the same patient goes on with their visit; anybody else's visit number is taken. */
const visitOf = async (
  tx: Tx,
  { wardId, visitNumber }: RegistrationBody,
  given: { patientId: string; arrivedAt: Date; corrected: CaseEntity | null },
): Promise<string | Refusal> => {
  const { patientId, arrivedAt, corrected } = given;
  const known = visitNumber === undefined ? null : await findVisit(tx, visitNumber);
  const same = known !== null && known.id === corrected?.visitId && known.patientId === patientId;
  if (same) return known.id;
  if (known) return refuse('CONFLICT', { path: 'visitNumber', reason: 'this visit is registered already' });
  return insertVisit(tx, { patientId, wardId, class: 'emergency', number: visitNumber ?? null, arrivedAt });
};

interface First {
  readonly body: RegistrationBody;
  readonly prehospital: readonly Assessment[];
  readonly timeScale: number;
}

/** What the desk was answered and found comes after what was told before the arrival: the newest answer stands. */
const firstAssessments = async (tx: Tx, of: CaseEntity, first: First): Promise<AssessmentAnswer | Refusal | null> => {
  const { before, own } = assessmentsOf(tx, first);
  let now = of;
  let answer: AssessmentAnswer | null = null;
  for (const given of before) {
    const assessed = await assess(tx, now, given);
    if (isRefusal(assessed)) return assessed;
    answer = assessed;
    now = (await lockCase(tx, of.id)) ?? now;
  }
  if (first.body.screening) await storeScreening(tx, of, { answers: first.body.screening });
  if (own) return assess(tx, now, own);
  if (answer) await askToLook(tx, of, answer.factId);
  return answer;
};

interface Assessments {
  readonly before: readonly NewAssessment[];
  readonly own: NewAssessment | null;
}

const assessmentsOf = (tx: Tx, { body, prehospital, timeScale }: First): Assessments => {
  const alike = { timeScale, firstBreath: true };
  const before = prehospital.map((assessment): NewAssessment => {
    return { ...alike, assessment, source: 'prehospital', retriage: false };
  });
  const given = body.assessment ?? (body.straightToResus && prehospital.length === 0 ? nothingYet() : null);
  if (!given) return { before, own: null };
  const { retriage, ...assessment } = given;
  const source = tx.principal.kind === 'user' ? 'person' : 'device';
  return { before, own: { ...alike, assessment, source, retriage } };
};

/** Nothing has been measured or asked; the review that is opened for signing afterwards rests on that. */
const nothingYet = (): AssessmentBody => ({
  complaint: '',
  vitals: {},
  flags: {},
  measuredAt: new Date().toISOString(),
  retriage: false,
});

const callToResus = async (tx: Tx, caseId: string): Promise<Standing | Refusal> => {
  const of = await lockCase(tx, caseId);
  return of ? makeMove(tx, of, { move: 'call', room: resusRoom }) : refuse('NOT_FOUND');
};
