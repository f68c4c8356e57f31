import { type DecisionSent, type Review } from '../api/types';

/** What the main button does next: store the own judgement, or sign. */
export type Step = 'judge' | 'sign';

/** The own judgement comes first where the gate wants it so and a draft may come; otherwise there is nothing to compare. */
export const stepOf = ({
  gate,
  judgement,
  rollout,
  allowed,
}: Pick<Review, 'gate' | 'judgement' | 'rollout' | 'allowed'>): Step =>
  gate.mode === 'independent_first' && judgement === null && rollout === 'draft' && allowed.includes('judge')
    ? 'judge'
    : 'sign';

/** What signing would be. A draft that came late and was not opened is not signed: the person's own is. */
export const actionOf = (
  { draft }: Pick<Review, 'draft'>,
  { asDrafted, lateOpened }: { asDrafted: boolean; lateOpened: boolean },
): DecisionSent['action'] => {
  if (draft === null || (draft.offered && !lateOpened)) return 'manual';
  return asDrafted && draft.approvable ? 'approve' : 'amend';
};
