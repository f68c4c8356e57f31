import { type PatientEntity } from '#libs/db/entities/patient.entity';
import { packsInForce } from '#libs/db/stores/packs-in-force.store';
import { type Tx } from '#libs/db/transaction';
import { assessmentSchema, standingAssessment } from '#libs/processes/triage/triage.assessment';
import { triageQuestions } from '#libs/processes/triage/triage.questions';
import { evaluateTriage, type TriageEvaluation } from '#libs/processes/triage/triage.rules';
import { type DescribeCase, type DescribedCase } from '../reviews/process-view';
import { patientFactsOf } from './assess';
import { infectionOf } from './infection';

/** What the rules say of the latest assessment, and what they ask of the patient as last described before the nurse judges. */
export const describeTriage: DescribeCase = async (tx, { patient, facts }) => {
  const { evaluation, questions } = await rulesOf(tx, patient, facts);
  const infection = infectionOf(facts, await packsInForce(tx));
  return { rules: evaluation && { ...evaluation, infection }, questions };
};

/** What the rules say of the assessments among a patient's facts (oldest first, opened): of the newest, and what they ask. */
export const rulesOf = async (
  tx: Tx,
  patient: PatientEntity,
  described: DescribedCase['facts'],
): Promise<{
  evaluation: (TriageEvaluation & { factId: string }) | null;
  questions: ReturnType<typeof triageQuestions>;
}> => {
  const assessments = described.filter(({ fact }) => fact.kind === 'assessment');
  const [first, ...more] = assessments.map(({ content }) => assessmentSchema.parse(content));
  const latest = assessments.at(-1);
  if (!first || !latest) return { evaluation: null, questions: [] };
  const packs = await packsInForce(tx);
  const facts = patientFactsOf(patient);
  const evaluation = evaluateTriage({ assessment: more.at(-1) ?? first, patient: facts }, packs);
  const standing = { assessment: standingAssessment([first, ...more]), patient: facts };
  const questions = triageQuestions(standing, evaluateTriage(standing, packs));
  return { evaluation: { factId: latest.fact.id, ...evaluation }, questions };
};
