import {
  type DraftOutcome,
  type TriageClock,
  type TriageLedgerActivities,
  type TriageModelActivities,
  type TriageStanding,
} from '#libs/processes/triage/triage.contract';
import { type ReviewActivities, type ReviewStanding } from '#libs/review/review.activities.contract';
import { type LedgerDecision, type ReviewState } from '#libs/review/review';
import { setTimeout as sleep } from 'node:timers/promises';

/** A ledger in memory behind the triage workflow's activities: a test moves it, the workflow reads it. */
export interface FakeLedger {
  readonly activities: ReviewActivities & TriageLedgerActivities;
  readonly model: TriageModelActivities;
  readonly calls: string[];
  openRound: number | null;
  clock: TriageClock | null;
  endsAt: string | null;
  escalations: { at: string; tell: 'charge_nurse' }[];
  redraftRound: number;
  drafting: boolean;
  state: ReviewState;
  decision: LedgerDecision | null;
  draftMs: number;
  /** How long each step on the ledger takes. */
  stepMs: () => number;
  draftOutcome: () => DraftOutcome;
  /** Commits a decision of the open round, as the gate would. */
  decide(change?: Partial<LedgerDecision>): string;
}

const sha = 'a'.repeat(64);

/** The review id of a round, the same in every run so that histories can be recorded. */
export const reviewIdOf = (round: number): string => `00000000-0000-7000-8000-00000000000${round}`;

/** A fresh ledger with the first round open. */
export const createFakeLedger = (): FakeLedger => {
  const calls: string[] = [];
  const ledger: FakeLedger = {
    calls,
    openRound: 1,
    clock: null,
    endsAt: null,
    escalations: [],
    redraftRound: 0,
    drafting: true,
    state: 'open',
    decision: null,
    draftMs: 0,
    stepMs: () => 0,
    draftOutcome: () => ({ outcome: 'shown' }),
    decide: (change = {}) => {
      const round = ledger.openRound ?? 0;
      ledger.decision = {
        decisionId: `00000000-0000-7000-9000-00000000000${round}`,
        reviewId: reviewIdOf(round),
        reviewVersion: 2,
        action: 'manual',
        draftVersion: 0,
        draftSha256: null,
        contentSha256: sha,
        ...change,
      };
      ledger.state = 'decided';
      return ledger.decision.decisionId;
    },
    activities: {} as FakeLedger['activities'],
    model: {} as FakeLedger['model'],
  };
  return Object.assign(ledger, { activities: ledgerSteps(ledger), model: modelSteps(ledger) });
};

const standing = (ledger: FakeLedger): TriageStanding => {
  const { openRound, clock, endsAt, escalations, drafting } = ledger;
  if (openRound === null) return { review: null, clock, endsAt };
  const reviewId = reviewIdOf(openRound);
  return {
    review: { reviewId, escalations, drafting, standing: reviewStanding(ledger, reviewId) },
    clock,
    endsAt,
  };
};

const reviewStanding = ({ decision, state, redraftRound }: FakeLedger, reviewId: string): ReviewStanding => {
  const own = decision?.reviewId === reviewId ? decision : null;
  return { state: own === null && state === 'decided' ? 'open' : state, decision: own, redraftRound };
};

const ledgerSteps = (ledger: FakeLedger): FakeLedger['activities'] => {
  const called = async <T>(name: string, value: T): Promise<T> => {
    ledger.calls.push(name);
    const ms = ledger.stepMs();
    if (ms > 0) await sleep(ms);
    return value;
  };
  return {
    loadDecision: ({ reviewId, signalled }) =>
      called(`loadDecision:${signalled.join(',')}`, reviewStanding(ledger, reviewId)),
    checkSignals: ({ signalled }) => called(`checkSignals:${signalled.join(',')}`, undefined),
    escalateReview: ({ tell }) => called(`escalateReview:${tell}`, undefined),
    loadTriage: () => called(`loadTriage:${ledger.openRound}`, standing(ledger)),
    commitTriage: ({ approved }) => {
      ledger.openRound = null;
      return called(`commitTriage:${approved.decisionId}`, standing(ledger));
    },
    warnTriageBreach: ({ step }) => called(`warnTriageBreach:${step}`, undefined),
    openReassessment: () => called('openReassessment', undefined),
  };
};

const modelSteps = (ledger: FakeLedger): TriageModelActivities => ({
  draftTriage: async ({ redraftRound }) => {
    ledger.calls.push(`draftTriage:${redraftRound}`);
    await sleep(ledger.draftMs);
    return ledger.draftOutcome();
  },
});
