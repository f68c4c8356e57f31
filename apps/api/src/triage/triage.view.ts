import { packsInForce } from '#libs/db/stores/packs-in-force.store';
import { assessmentSchema } from '#libs/processes/triage/triage.assessment';
import { triageQuestions } from '#libs/processes/triage/triage.questions';
import { evaluateTriage } from '#libs/processes/triage/triage.rules';
import { type DescribeCase } from '../reviews/process-view';
import { patientFactsOf } from './assess';

/** What the rules say of the latest assessment, and what they ask before the nurse judges. */
export const describeTriage: DescribeCase = async (tx, { patient, facts }) => {
  const latest = facts.findLast(({ fact }) => fact.kind === 'assessment');
  if (!latest) return { rules: null, questions: [] };
  const input = { assessment: assessmentSchema.parse(latest.content), patient: patientFactsOf(patient) };
  const evaluation = evaluateTriage(input, await packsInForce(tx));
  return { rules: { factId: latest.fact.id, ...evaluation }, questions: triageQuestions(input, evaluation) };
};
