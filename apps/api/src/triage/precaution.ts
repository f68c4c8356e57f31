import { factContent, factsOfCase, insertFact } from '#libs/db/stores/fact.store';
import { packsInForce } from '#libs/db/stores/packs-in-force.store';
import { record } from '#libs/db/stores/record.store';
import { type CaseEntity } from '#libs/db/entities/case.entity';
import { type Tx } from '#libs/db/transaction';
import { isEnded, type TriageState } from '#libs/processes/triage/triage.moves';
import {
  type InfectionScreening,
  type PrecautionOverride,
  type ScreeningAnswers,
} from '#libs/processes/triage/triage.screening';
import { isRefusal, refuse, type Refusal } from '#libs/review/refusal';
import { enterCase } from './desk';
import { infectionOf } from './infection';

/** Where the precautions of a case stand after a person's word. */
export interface PrecautionAnswer {
  readonly caseId: string;
  readonly infection: InfectionScreening;
}

/** Sets or lifts a precaution by a person's word, with the reason; the rules' own word stays visible beside it. */
export const overridePrecaution = async (
  tx: Tx,
  { caseId, body }: { caseId: string; body: PrecautionOverride },
): Promise<PrecautionAnswer | Refusal> => {
  const of = await enterCase(tx, caseId);
  if (isRefusal(of)) return of;
  if (isEnded(of.state as TriageState)) return refuse('TRANSITION_NOT_ALLOWED', { state: of.state });
  await storeScreening(tx, of, { override: body });
  const facts = (await factsOfCase(tx, caseId)).map((fact) => ({ fact, content: factContent(tx, fact) }));
  return { caseId, infection: infectionOf(facts, await packsInForce(tx)) };
};

/** Stores what the screening was answered, or a person's word on it; levels and reviews stay as they are. */
export const storeScreening = async (
  tx: Tx,
  of: CaseEntity,
  content: { readonly answers: ScreeningAnswers } | { readonly override: PrecautionOverride },
): Promise<void> => {
  const override = 'override' in content ? content.override : null;
  const source = tx.principal.kind === 'user' ? 'person' : 'device';
  const fact = { caseId: of.id, kind: 'screening', source, content, vitals: {}, effectiveAt: new Date() } as const;
  const { factId, sha256 } = await insertFact(tx, fact);
  await record(tx, {
    audit: {
      action: 'triage.screening',
      entityType: 'case',
      entityId: of.id,
      caseIds: [of.id],
      after: sha256,
      detail: { factId, ...(override && { precaution: override.precaution, holds: override.holds }) },
    },
    changed: { topic: 'case', entityId: of.id, wardId: of.wardId },
  });
};
