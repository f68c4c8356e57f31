import { packsInForce } from '#libs/db/stores/packs-in-force.store';
import { type Tx } from '#libs/db/transaction';
import { screeningOf } from '#libs/packs/reference-packs';
import { type TriageInput } from '#libs/processes/triage/triage.assessment';
import { triageQuestions } from '#libs/processes/triage/triage.questions';
import { evaluateTriage } from '#libs/processes/triage/triage.rules';
import { screened, screenInfection } from '#libs/processes/triage/triage.screening';
import { type EvaluationAnswer } from './evaluate.schema';

/**
 * What the packs in force would say of an assessment that is still being written: for the form, while somebody types. It
 * concerns no patient the product knows, stores nothing and binds nobody: what is registered is evaluated again.
 */
export const evaluateUnsent = async (tx: Tx, input: TriageInput): Promise<EvaluationAnswer> => {
  const packs = await packsInForce(tx);
  const { assessment } = input;
  const evaluation = evaluateTriage(input, packs);
  const found = screened({
    kind: 'assessment',
    content: assessment,
    temperature: assessment.vitals.temperature ?? null,
  });
  return {
    evaluation,
    infection: screenInfection(found === null ? [] : [found], screeningOf(packs)),
    questions: triageQuestions(input, evaluation),
  };
};
