import { effectiveRollout } from '#libs/db/stores/rollout.store';
import { type Tx } from '#libs/db/transaction';
import { refuse, type Refusal } from '#libs/review/refusal';

/** Refuses to ask for a draft, or to sign one, while the rollout of the process shows none: people sign their own. */
export const rolloutRefusal = async (tx: Tx, process: string): Promise<Refusal | null> => {
  const { mode } = await effectiveRollout(tx, process);
  return mode === 'draft' ? null : refuse('ACTION_NOT_ALLOWED', { reason: 'drafting is switched off', rollout: mode });
};
