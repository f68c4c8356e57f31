import { type CaseEntity } from '#libs/db/entities/case.entity';
import { type PatientEntity } from '#libs/db/entities/patient.entity';
import { lockOpenCases } from '#libs/db/stores/case.store';
import { factContent, factsOfCase, insertFact } from '#libs/db/stores/fact.store';
import { packsInForce } from '#libs/db/stores/packs-in-force.store';
import {
  lockPatient,
  patientAndMerged,
  patientDetails,
  type PatientDetails,
  survivorOf,
  updatePatient,
} from '#libs/db/stores/patient.store';
import { record } from '#libs/db/stores/record.store';
import { triageCase, updateTriageCase } from '#libs/db/stores/triage.store';
import { type Tx } from '#libs/db/transaction';
import { type Assessment, assessmentSchema, standingAssessment } from '#libs/processes/triage/triage.assessment';
import { evaluateTriage, type TriageEvaluation } from '#libs/processes/triage/triage.rules';
import { refuse, type Refusal } from '#libs/review/refusal';
import { changedSignal, patientFactsOf } from './assess';
import { changedFields, type KnownPatient, rulesReadOtherwise } from './patient-details';
import { place, type Placed } from './stand';

/** A patient, locked together with their open triage cases: cases first, in the one order of all writers. */
export interface LockedPatient {
  readonly patient: PatientEntity;
  readonly cases: readonly CaseEntity[];
}

/** Locks whoever this patient row stands for (the survivor of a merge) and their open triage cases. */
export const lockPatientWithCases = async (tx: Tx, patientId: string): Promise<LockedPatient | Refusal> => {
  const { id } = await survivorOf(tx, patientId);
  const cases = await lockOpenCases(tx, 'triage', await patientAndMerged(tx, id));
  const patient = await lockPatient(tx, id);
  return patient.mergedInto === null ? { patient, cases } : refuse('CONFLICT', { reason: 'merged meanwhile' });
};

/** Who changes a patient, and by what contract durations are multiplied. */
export interface ChangedBy {
  readonly source: 'person' | 'feed';
  readonly timeScale: number;
}

/** Stores what is known of a locked patient now; where age or sex changed, the rules run again on every open case. */
export const changePatient = async (
  tx: Tx,
  { patient, cases }: LockedPatient,
  { details, ...by }: ChangedBy & { details: PatientDetails },
): Promise<ReadonlyMap<string, Placed>> => {
  const before = patientDetails(tx, patient);
  await updatePatient(tx, patient, details);
  await record(tx, {
    audit: {
      action: 'patient.update',
      entityType: 'patient',
      entityId: patient.id,
      caseIds: cases.map(({ id }) => id),
      detail: { fields: changedFields(before, details), identifiers: details.identifiers.length },
    },
  });
  return tellCases(tx, cases, { before, ...by });
};

/** Tells the open cases that their patient is known otherwise than `before`. */
export const tellCases = async (
  tx: Tx,
  cases: readonly CaseEntity[],
  { before, ...by }: ChangedBy & { before: KnownPatient },
): Promise<ReadonlyMap<string, Placed>> => {
  const placed = new Map<string, Placed>();
  for (const of of cases) {
    const patient = await lockPatient(tx, of.patientId);
    const rerun = rulesReadOtherwise(before, patientDetails(tx, patient));
    const ran = rerun ? await rerunRules(tx, of, { patient, by }) : null;
    if (ran) placed.set(of.id, ran.placed);
    await record(tx, {
      audit: {
        action: rerun ? 'triage.patient-facts' : 'triage.patient',
        entityType: 'case',
        entityId: of.id,
        caseIds: [of.id],
        detail: ran ? { ...ran.placed, packs: ran.packs } : {},
      },
      tell: changedSignal(of.id),
      changed: { topic: 'case', entityId: of.id, wardId: of.wardId },
    });
  }
  return placed;
};

/** Runs the rules on the patient as last described, with age and sex as known now; a higher floor applies as by an assessment. */
const rerunRules = async (
  tx: Tx,
  of: CaseEntity,
  { patient, by }: { patient: PatientEntity; by: ChangedBy },
): Promise<{ placed: Placed; packs: TriageEvaluation['packs'] } | null> => {
  const facts = (await factsOfCase(tx, of.id)).filter(({ kind }) => kind === 'assessment');
  const [first, ...more] = facts.map((fact) => assessmentSchema.parse(factContent(tx, fact)));
  if (!first) return null;
  const packs = await packsInForce(tx);
  const evaluate = (assessment: Assessment): TriageEvaluation =>
    evaluateTriage({ assessment, patient: patientFactsOf(patient) }, packs);
  const evaluation = evaluate(standingAssessment([first, ...more]));
  const content = patientFactsOf(patient);
  const { source, timeScale } = by;
  const registered = { caseId: of.id, kind: 'registration', source, content, vitals: {} } as const;
  const { factId } = await insertFact(tx, { ...registered, effectiveAt: new Date() });
  const specialGroup = [first, ...more].map(evaluate).some((one) => one.specialGroup);
  await updateTriageCase(tx, of.id, { specialGroup });
  const { news: _news, ...placed } = await place(tx, {
    of,
    row: await triageCase(tx, of.id),
    factId,
    evaluation,
    byPerson: source === 'person',
    looked: false,
    asks: false,
    measured: Object.keys((more.at(-1) ?? first).vitals),
    timeScale,
  });
  return { placed, packs: evaluation.packs };
};
