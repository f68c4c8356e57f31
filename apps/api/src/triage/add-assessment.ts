import { type Tx } from '#libs/db/transaction';
import { isRefusal, type Refusal } from '#libs/review/refusal';
import { assess, type AssessmentAnswer } from './assess';
import { enterCase } from './desk';
import { type AssessmentBody } from './triage.schema';

/** Takes an assessment of a case from somebody of its desk, or a reading from a machine, which asks for no level. */
export const addAssessment = async (
  tx: Tx,
  { caseId, body, timeScale }: { caseId: string; body: AssessmentBody; timeScale: number },
): Promise<AssessmentAnswer | Refusal> => {
  const of = await enterCase(tx, caseId);
  if (isRefusal(of)) return of;
  const { retriage, ...assessment } = body;
  const source = tx.principal.kind === 'user' ? 'person' : 'device';
  return assess(tx, of, { assessment, source, retriage, timeScale });
};
