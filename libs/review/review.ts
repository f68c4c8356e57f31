import { type DecisionAction } from './gate';

/** The states of a review; the last two are final. */
export const reviewStates = ['open', 'awaiting-second', 'decided', 'withdrawn'] as const;
export type ReviewState = (typeof reviewStates)[number];

/** Where a review may go from each state; the database refuses anything else. */
export const reviewMoves: Readonly<Record<ReviewState, readonly ReviewState[]>> = {
  open: ['awaiting-second', 'decided', 'withdrawn'],
  'awaiting-second': ['open', 'decided', 'withdrawn'],
  decided: [],
  withdrawn: [],
};

/** Whether a review is over. */
export const isFinal = (state: ReviewState): boolean => reviewMoves[state].length === 0;

/** What the guard needs to know of a review, as locked by the transaction that decides. Times are instants. */
export interface ReviewFacts {
  readonly id: string;
  readonly wardId: string;
  readonly state: ReviewState;
  readonly version: number;
  readonly floor: string | null;
  readonly draftVersion: number;
  readonly draftSha256: string | null;
  readonly claimedBy: string | null;
  readonly leaseExpiresAt: Date | null;
  /** Who started the case, asked for this review or for a redraft: barred where the gate separates duties. */
  readonly initiators: readonly string[];
  /** Facts that overtook the current draft and are to be acknowledged by whoever signs it, by id. */
  readonly staleFacts: readonly string[];
  /** Facts that came after this person last looked, by id. */
  readonly unseenFacts: readonly string[];
  /** The first of two signatures, while the review waits for the second. */
  readonly firstSignature: { readonly id: string; readonly userId: string; readonly contentSha256: string } | null;
}

/** What this person has done with the review so far. Versions are 0 where nothing was shown. */
export interface ReviewerFacts {
  /** Whether the person's own judgement is stored. */
  readonly judged: boolean;
  /** The newest draft version shown to the person. */
  readonly draftVersionShown: number;
  /** The newest version of the review shown to the person. */
  readonly reviewVersionShown: number;
}

/** What a person sends to sign; `content` for amend and manual, the draft's version and digest for approve and amend. */
export interface DecisionRequest {
  readonly action: DecisionAction;
  readonly version: number;
  readonly draftVersion: number;
  readonly draftSha256: string | null;
  readonly reasonCode: string | null;
  readonly acknowledgedFacts: readonly string[];
}

/** What the ledger tells a workflow about a decision: ids and digests, never content. */
export interface LedgerDecision {
  readonly decisionId: string;
  readonly reviewId: string;
  readonly reviewVersion: number;
  readonly action: DecisionAction;
  readonly draftVersion: number;
  readonly draftSha256: string | null;
  readonly contentSha256: string;
}
