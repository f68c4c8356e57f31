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

/** Whether a draft came too late to be worked with unasked. */
export const isLate = ({ draft }: Pick<Review, 'draft'>): boolean => draft !== null && draft.offered;

/** What signing would be. A draft that came late and was not opened is not signed: the person's own is. */
export const actionOf = (
  review: Pick<Review, 'draft'>,
  { asDrafted, lateOpened }: { asDrafted: boolean; lateOpened: boolean },
): DecisionSent['action'] => {
  const { draft } = review;
  if (draft === null || (isLate(review) && !lateOpened)) return 'manual';
  return asDrafted && draft.approvable ? 'approve' : 'amend';
};
