import { type LedgerDecision } from './review';

declare const approvedBrand: unique symbol;

/** A decision that passed the guard: the only thing a commit accepts, and {@link approvedBy} the only maker of it. */
export type Approved<T extends LedgerDecision = LedgerDecision> = T & { readonly [approvedBrand]: true };

/** What a workflow waits on: one review, and the draft it knows of (version 0: none). */
export interface Awaited {
  readonly reviewId: string;
}

/** Why a loaded decision does not open the gate; null when it does. A rejected decision passes no commit. */
export const decisionMismatch = (
  awaited: Awaited,
  decision: LedgerDecision | null,
): 'none' | 'other-review' | 'rejected' | 'unbound' | null => {
  if (decision === null) return 'none';
  if (decision.reviewId !== awaited.reviewId) return 'other-review';
  if (decision.action === 'reject') return 'rejected';
  const signsDraft = decision.action !== 'manual';
  if (signsDraft && (decision.draftVersion === 0 || decision.draftSha256 === null)) return 'unbound';
  return null;
};

/** The decision, branded as approved, if it answers what was awaited. */
export const approvedBy = <T extends LedgerDecision>(awaited: Awaited, decision: T | null): Approved<T> | null =>
  decisionMismatch(awaited, decision) === null ? (decision as Approved<T>) : null;
