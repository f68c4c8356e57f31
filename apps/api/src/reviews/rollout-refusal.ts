import { type KnownReview } from './enter';
import { rolloutOfCase } from '#libs/db/stores/rollout.store';
import { type Tx } from '#libs/db/transaction';
import { refuse, type Refusal } from '#libs/review/refusal';

/** Refuses to ask for a draft, or to sign one, while the rollout shows none for the case: people sign their own. */
export const rolloutRefusal = async (tx: Tx, review: KnownReview): Promise<Refusal | null> => {
  const { mode } = await rolloutOfCase(tx, review);
  return mode === 'draft' ? null : refuse('ACTION_NOT_ALLOWED', { reason: 'drafting is switched off', rollout: mode });
};
