import { type CaseEntity } from '#libs/db/entities/case.entity';
import { PatientEntity } from '#libs/db/entities/patient.entity';
import { type TriageCaseEntity } from '#libs/db/entities/triage-case.entity';
import { advanceCase } from '#libs/db/stores/case.store';
import { insertFact } from '#libs/db/stores/fact.store';
import { type OutboxEntry, record, workflowIdOf } from '#libs/db/stores/record.store';
import { packsInForce } from '#libs/db/stores/packs-in-force.store';
import { finishTasks, openOnlyTask } from '#libs/db/stores/task.store';
import { triageCase } from '#libs/db/stores/triage.store';
import { type Tx } from '#libs/db/transaction';
import { type Assessment, type PatientFacts } from '#libs/processes/triage/triage.assessment';
import { type Level } from '#libs/processes/triage/triage.level';
import { isEnded, type TriageState } from '#libs/processes/triage/triage.moves';
import { evaluateTriage, type TriageEvaluation } from '#libs/processes/triage/triage.rules';
import { refuse, type Refusal } from '#libs/review/refusal';
import { place } from './stand';

/** An assessment on its way in: what was found, by whom it came, and whether a new level is asked for. */
export interface NewAssessment {
  readonly assessment: Assessment;
  readonly source: 'person' | 'feed' | 'device' | 'prehospital';
  readonly retriage: boolean;
  readonly timeScale: number;
  /** Set when the case is being registered in the same transaction: its own record carries the news. */
  readonly firstBreath?: boolean;
}

/** What the desk is told of an assessment; `version` is the case's. */
export interface AssessmentAnswer {
  readonly caseId: string;
  readonly version: number;
  readonly factId: string;
  readonly floor: Level | null;
  readonly level: Level | null;
  readonly reviewId: string | null;
  readonly evaluation: TriageEvaluation;
}

/** The facts of the patient that the rules read. */
export const patientFactsOf = (patient: PatientEntity): PatientFacts => ({
  ...(patient.ageDays === null ? {} : { ageDays: patient.ageDays }),
  ageEstimated: patient.ageEstimated,
  sex: patient.sex as PatientFacts['sex'],
});

/** How far a measuring clock may be ahead of ours, ms. */
const clockSkewMs = 5 * 60_000;

/** Refuses a time that has not come yet: what is dated ahead would never grow old. */
export const futureRefusal = (path: string, at: string): Refusal | null =>
  Date.parse(at) > Date.now() + clockSkewMs
    ? refuse('VALIDATION_FAILED', { paths: [path], rule: 'not in the future' })
    : null;

/**
 * Takes an assessment of a locked case: stores the fact, runs the rules, moves the patient up where they say so (never
 * down), and opens the review it calls for, all in the caller's transaction.
 */
export const assess = async (tx: Tx, of: CaseEntity, given: NewAssessment): Promise<AssessmentAnswer | Refusal> => {
  const { assessment, source } = given;
  if (isEnded(of.state as TriageState)) return refuse('TRANSITION_NOT_ALLOWED', { state: of.state });
  const early = futureRefusal('measuredAt', assessment.measuredAt);
  if (early) return early;
  const patient = await tx.manager.findOneByOrFail(PatientEntity, { id: of.patientId });
  const row = await triageCase(tx, of.id);
  const evaluation = evaluateTriage({ assessment, patient: patientFactsOf(patient) }, await packsInForce(tx));
  const fact = await storeAssessment(tx, of, given);
  const byPerson = source === 'person';
  const worse = given.retriage || callsForLevel(row, given, evaluation);
  const { news, ...placed } = await place(tx, {
    of,
    row,
    factId: fact.factId,
    evaluation,
    byPerson,
    looked: byPerson,
    asks: byPerson && worse,
    measured: Object.keys(assessment.vitals),
    timeScale: given.timeScale,
  });
  if (byPerson) await finishTasks(tx, of.id, 're-assessment');
  else if (worse && placed.reviewId === null) await askToLook(tx, of, fact.factId);
  const first = of.state === 'awaiting-assessment';
  const now = first ? await advanceCase(tx, of, { state: 'assessing', ended: false }) : of;
  await recordAssessment(tx, of, { given, evaluation, fact, placed, news });
  return { caseId: of.id, version: now.version, factId: fact.factId, floor: evaluation.floor, ...placed, evaluation };
};

/** The signal that tells a triage workflow to look again. */
export const changedSignal = (caseId: string): OutboxEntry => ({
  kind: 'signal',
  workflowId: workflowIdOf('triage', caseId),
  name: 'changed',
  args: [],
});

type StoredFact = Awaited<ReturnType<typeof insertFact>>;

const storeAssessment = (tx: Tx, of: CaseEntity, { assessment, source }: NewAssessment): Promise<StoredFact> =>
  insertFact(tx, {
    caseId: of.id,
    kind: 'assessment',
    source,
    content: assessment,
    vitals: assessment.vitals,
    effectiveAt: new Date(assessment.measuredAt),
  });

/** Two points more than before, a new single three, or somebody's concern call for a new level (domain: re-triage). */
const callsForLevel = (
  row: TriageCaseEntity,
  { assessment: { flags } }: NewAssessment,
  { earlyWarning: sheet }: TriageEvaluation,
): boolean => {
  if (flags.nurseConcern === true || flags.familyConcern === true) return true;
  if (row.decisionId === null || sheet === null) return false;
  const worse = !row.earlyWarningIncomplete && sheet.lowerBound - row.earlyWarning >= 2;
  return worse || (sheet.redScore && !row.redScore);
};

/** What no person of the desk found asks one to look at the patient now, once until somebody did. */
export const askToLook = (tx: Tx, of: CaseEntity, factId: string): Promise<boolean> =>
  openOnlyTask(tx, of, { kind: 're-assessment', key: `re-assessment:${of.id}:${factId}`, dueAt: new Date() });

const recordAssessment = (
  tx: Tx,
  of: CaseEntity,
  done: {
    given: NewAssessment;
    evaluation: TriageEvaluation;
    fact: StoredFact;
    placed: { level: Level | null; reviewId: string | null };
    news: boolean;
  },
): Promise<void> => {
  const { given, evaluation, fact, placed, news } = done;
  const { floor, packs } = evaluation;
  return record(tx, {
    audit: {
      action: 'triage.assess',
      entityType: 'case',
      entityId: of.id,
      caseIds: [of.id],
      after: fact.sha256,
      detail: { factId: fact.factId, source: given.source, floor, packs, ...placed },
    },
    ...(!given.firstBreath && {
      // A monitor sends a reading a minute: one that moves nobody wakes no workflow.
      ...(news && { tell: changedSignal(of.id) }),
      changed: { topic: 'case', entityId: of.id, wardId: of.wardId },
    }),
  });
};
