import { CancellationScope, condition, log, patched, workflowInfo } from '@temporalio/workflow';
import { type Approved, approvedBy } from '#libs/review/approved';
import { type ReviewActivities, type ReviewStanding, type ReviewWindow } from '#libs/review/review.activities.contract';
import { msUntil, type Wakes } from './wakes';

/** A review a workflow waits on, and how its draft is made. */
export interface ReviewOrder {
  readonly caseId: string;
  readonly review: ReviewWindow;
  /** How many wakes had come when the review was read. */
  readonly asOf: number;
  readonly draft: (input: { caseId: string; reviewId: string; redraftRound: number }) => Promise<unknown>;
  /** The steps every process shares, in turn with the others of the workflow. */
  readonly ledger: ReviewActivities;
}

/** What a person approved, or why there is nothing to commit. */
export type Reviewed = Approved | 'rejected' | 'withdrawn' | 'history-full';

/**
 * The one building block: drafts beside an adopted review, waits, and hands back what a person approved.
 * It wakes by signals, by its escalation times and never by what a draft says; it commits nothing.
 */
export const reviewedDraft = async (order: ReviewOrder, wakes: Wakes): Promise<Reviewed> => {
  const { caseId, review: window, ledger } = order;
  const { reviewId } = window;
  // What came while the review was read wakes the wait below.
  let seen = order.asOf;
  let { standing } = window;
  let drafted = window.drafting ? -1 : 0;
  const draftBeside = drafter(order);
  let told = 0;
  for (;;) {
    const reviewed = outcomeOf(window, standing);
    if (reviewed !== null) return reviewed;
    if (standing.redraftRound > drafted) draftBeside((drafted = standing.redraftRound));
    told = await untilWoken({ caseId, window, ledger, told, woken: () => wakes.count() !== seen || wakes.unchecked() });
    seen = wakes.count();
    standing = await ledger.loadDecision({ caseId, reviewId, signalled: wakes.takeSignalled() });
  }
};

const outcomeOf = (window: ReviewWindow, { state, decision }: ReviewStanding): Reviewed | null => {
  const approved = approvedBy(window, decision);
  if (approved) return approved;
  if (state === 'decided') return 'rejected';
  if (state === 'withdrawn') return 'withdrawn';
  return workflowInfo().continueAsNewSuggested ? 'history-full' : null;
};

/**
 * Makes drafts beside a review, one at a time: who asks for another one gives the one under way up. A review never waits
 * for its draft, and a draft that fails leaves it open for manual work.
 */
const drafter = ({ caseId, review: { reviewId }, draft }: ReviewOrder): ((redraftRound: number) => void) => {
  let underWay: CancellationScope | null = null;
  return (redraftRound) => {
    if (underWay !== null && patched('review/one-draft-at-a-time')) underWay.cancel();
    const scope = new CancellationScope();
    underWay = scope;
    scope
      .run(() => draft({ caseId, reviewId, redraftRound }))
      .catch((error: unknown) => log.warn('no draft', { reviewId, redraftRound, name: (error as Error).name }))
      .finally(() => {
        if (underWay === scope) underWay = null;
      });
  };
};

/** Waits for a signal or the next escalation time; telling somebody is all that time does. Answers the steps told. */
const untilWoken = async (wait: {
  caseId: string;
  window: ReviewWindow;
  ledger: ReviewActivities;
  told: number;
  woken: () => boolean;
}): Promise<number> => {
  const { caseId, window, ledger, told, woken } = wait;
  const next = window.escalations[told];
  if (!next) {
    await condition(woken);
    return told;
  }
  if (await condition(woken, msUntil(next.at))) return told;
  await ledger.escalateReview({ caseId, reviewId: window.reviewId, ...next });
  return told + 1;
};
