import { type Role } from '#libs/auth/roles';
import { type LedgerDecision, type ReviewState } from './review';

/**
 * A review as a workflow adopts it, in the step that reads its case (ADR 0014): an id, when whom to tell, and how it
 * stands. Times are ISO instants, already scaled.
 */
export interface ReviewWindow {
  readonly reviewId: string;
  readonly escalations: readonly { readonly at: string; readonly tell: Role }[];
  /** Whether the rollout has the model draft for it; a redraft that a person asks for is tried either way. */
  readonly drafting: boolean;
  readonly standing: ReviewStanding;
}

/** What the ledger says of a review when the workflow wakes. */
export interface ReviewStanding {
  readonly state: ReviewState;
  readonly decision: LedgerDecision | null;
  /** How often a redraft was asked for; the workflow drafts once for each. */
  readonly redraftRound: number;
}

/** The database-only steps every process shares; local activities, idempotent by their input. */
export interface ReviewActivities {
  /** Loads the standing; raises an alarm for each signalled decision id that the ledger does not have. */
  loadDecision(input: { caseId: string; reviewId: string; signalled: readonly string[] }): Promise<ReviewStanding>;
  /** Raises an alarm for each signalled decision id that the ledger does not have, while no review is awaited. */
  checkSignals(input: { caseId: string; signalled: readonly string[] }): Promise<void>;
  /** Tells the next in the chain, once per step, unless the review is decided. */
  escalateReview(input: { caseId: string; reviewId: string; tell: Role; at: string }): Promise<void>;
}
