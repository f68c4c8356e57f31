import { type UserPrincipal } from '#libs/auth/principal';
import { administratorRoles, type Role, roles } from '#libs/auth/roles';
import { type GateContract } from '#libs/processes/process.contract';
import { type DecisionAction } from '#libs/review/gate';
import { type Ledger } from '../support/ledger-fixture';
import { type Desk, offerDraft, openDesk } from '../support/review-desk';
import { openers } from './openers';
import { sampleDeps } from './sample-gates';

/** Everybody a gate needs: who brings the case, who reviews, who signs second, and somebody with no part in it. */
export interface GatePeople {
  readonly starter: UserPrincipal;
  readonly reviewer: UserPrincipal;
  readonly colleague: UserPrincipal;
  readonly second: UserPrincipal;
  readonly outsider: UserPrincipal;
}

/** One gate on a ledger, with its people. */
export interface GateHarness {
  readonly desk: Desk;
  readonly people: GatePeople;
  /** Opens a review at this gate under this floor; the floor is set whatever the rules say of the case. */
  open(floor?: string | null): Promise<string>;
  offer(reviewId: string, draft?: unknown): Promise<'shown' | 'stored' | 'too-late'>;
  /** Stores the reviewer's judgement where the gate wants one first. */
  judgeFirst(reviewId: string, as?: UserPrincipal): Promise<void>;
  counts(reviewId: string): Promise<GateCounts>;
}

/** What the ledger holds of a review. */
export interface GateCounts {
  readonly state: string;
  readonly decisions: number;
  readonly signatures: number;
  readonly signals: number;
}

const clinical = roles.filter((role) => !administratorRoles.some((one) => one === role));

/** Sets a gate up on a ledger. */
export const harnessOf = async (ledger: Ledger, contract: GateContract): Promise<GateHarness> => {
  const { gate, examples } = contract;
  const desk = openDesk(ledger, sampleDeps());
  const opener = openers[gate.process];
  if (!opener) throw new Error(`no opener for ${gate.process}: add a line to test/gates/openers.ts`);
  const one = (role: Role | undefined): Promise<UserPrincipal> => ledger.person(role === undefined ? [] : [role]);
  const people: GatePeople = {
    starter: await ledger.person(clinical),
    reviewer: await one(gate.reviewers[0]),
    colleague: await one(gate.reviewers[0]),
    second: await one(gate.secondSigners?.[0] ?? gate.reviewers[0]),
    outsider: await ledger.person(['coder']),
  };
  return {
    desk,
    people,
    open: async (floor = null) => {
      const { reviewId } = await opener(ledger, people.starter, gate);
      await ledger.sql('update review set floor = $2 where id = $1', [reviewId, floor]);
      return reviewId;
    },
    offer: (reviewId, draft = examples.draft) => offerDraft(ledger, reviewId, { draft, gate: contract }),
    judgeFirst: async (reviewId, as = people.reviewer) => {
      if (gate.mode === 'independent_first') await desk.judge(as, reviewId, examples.judgement);
    },
    counts: async (reviewId) => {
      const [row] = await ledger.sql<GateCounts>(countsSql, [reviewId]);
      if (!row) throw new Error('no such review');
      return row;
    },
  };
};

const countsSql = `select r.state,
  (select count(*)::int from decision d where d.review_id = r.id) decisions,
  (select count(*)::int from signature s where s.review_id = r.id) signatures,
  (select count(*)::int from outbox o where o.workflow_id = r.process || ':' || r.case_id and o.name = 'decided') signals
  from review r where r.id = $1`;

/** Nothing was decided. */
export const untouched: GateCounts = { state: 'open', decisions: 0, signatures: 0, signals: 0 };

/** A request for each action, as if it were allowed. */
export const requestFor = (
  action: DecisionAction,
  contract: GateContract,
  draft: { draftVersion: number; draftSha256: string | null },
): Record<string, unknown> => {
  const { content } = contract.examples;
  if (action === 'approve') return { action, ...draft };
  if (action === 'amend') return { action, ...draft, content };
  return action === 'manual' ? { action, content } : { action, reasonCode: contract.gate.reasonCodes[0] };
};

/** Every text of a value that is long enough to be told apart. */
export const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return value.length >= 6 ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};
