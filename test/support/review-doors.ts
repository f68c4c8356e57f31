import { randomBytes } from 'node:crypto';
import { type Principal } from '#libs/auth/principal';
import { createRing, unwrapRing } from '#libs/crypto/key-ring';
import { ReviewEntity } from '#libs/db/entities/review.entity';
import { type Tx } from '#libs/db/transaction';
import { type Refusal } from '#libs/review/refusal';
import { createCursors } from '../../apps/api/src/http/cursor';
import { getAmendment, putAmendment } from '../../apps/api/src/reviews/amendment';
import { claim, claimMany, reassign, release } from '../../apps/api/src/reviews/claims';
import { countersign } from '../../apps/api/src/reviews/countersign';
import { decide } from '../../apps/api/src/reviews/decide';
import { decisionSchema, secondSignatureSchema, type DecisionReply } from '../../apps/api/src/reviews/decision.schema';
import { decline, declineSchema, withdrawSignature, withdrawSignatureSchema } from '../../apps/api/src/reviews/decline';
import { defer } from '../../apps/api/src/reviews/defer';
import { escalate } from '../../apps/api/src/reviews/escalate';
import { judge } from '../../apps/api/src/reviews/judge';
import { askRedraft } from '../../apps/api/src/reviews/redraft';
import { createReviewDeps, type ReviewDeps } from '../../apps/api/src/reviews/review-deps';
import { viewReview } from '../../apps/api/src/reviews/view';
import { type ReviewView } from '../../apps/api/src/reviews/view.schema';
import { listReviews } from '../../apps/api/src/reviews/worklist';
import { worklistQuery } from '../../apps/api/src/reviews/worklist.schema';
import { done, type Ledger } from './ledger-fixture';

/** What is sent to a door that signs, with the defaults of its schema; `password`: whether it was right. */
export interface DecisionInput {
  readonly version?: number;
  readonly password?: boolean;
  readonly [field: string]: unknown;
}

type Answered<T> = Promise<T | Refusal>;

/** The review row as it stands. */
export const reviewNow = (ledger: Pick<Ledger, 'owner'>, reviewId: string): Promise<ReviewEntity> =>
  ledger.owner.manager.findOneByOrFail(ReviewEntity, { id: reviewId });

/** The doors to the reviews of a ledger as functions instead of HTTP, with the product's gates or those of a test. */
export const openDesk = (ledger: Ledger, deps: ReviewDeps = createReviewDeps(1)) => {
  const by = <T>(as: Principal, work: (tx: Tx) => Promise<T>): Promise<T> => ledger.inTransaction(as, work);
  const versionOf = async (reviewId: string, asked?: number): Promise<number> =>
    asked ?? (await reviewNow(ledger, reviewId)).version;
  const kek = randomBytes(32);
  const cursors = createCursors(unwrapRing(kek, createRing(kek, new Date())));
  const look = (as: Principal, reviewId: string): Answered<ReviewView> =>
    by(as, (tx) => viewReview(deps, tx, reviewId));
  const sign = async (
    as: Principal,
    reviewId: string,
    { version, password: passwordProven = true, ...sent }: DecisionInput,
  ): Answered<DecisionReply> => {
    const body = decisionSchema.parse({ action: 'manual', ...sent });
    const at = await versionOf(reviewId, version);
    return by(as, (tx) => decide(deps, tx, { reviewId, version: at, body, passwordProven }));
  };
  return {
    deps,
    decide: sign,
    view: look,
    countersign: async (
      as: Principal,
      reviewId: string,
      { version, password: passwordProven = true, ...sent }: DecisionInput,
    ): Answered<DecisionReply> => {
      const body = secondSignatureSchema.parse({ password: 'as typed', ...sent });
      const at = await versionOf(reviewId, version);
      return by(as, (tx) => countersign(deps, tx, { reviewId, version: at, body, passwordProven }));
    },
    /** Looks, and signs the draft that was shown. */
    approve: async (as: Principal, reviewId: string, sent: DecisionInput = {}): Answered<DecisionReply> => {
      const { draft, version } = await done(look(as, reviewId));
      if (draft === null) throw new Error('no draft was shown');
      const shown = { draftVersion: draft.version, draftSha256: draft.sha256 };
      return sign(as, reviewId, { action: 'approve', version, ...shown, ...sent });
    },
    decline: async (as: Principal, reviewId: string, { version, ...sent }: DecisionInput) => {
      const at = await versionOf(reviewId, version);
      return by(as, (tx) => decline(deps, tx, { reviewId, version: at, body: declineSchema.parse(sent) }));
    },
    withdraw: async (as: Principal, reviewId: string, { version, ...sent }: DecisionInput) => {
      const at = await versionOf(reviewId, version);
      const body = withdrawSignatureSchema.parse(sent);
      return by(as, (tx) => withdrawSignature(deps, tx, { reviewId, version: at, body }));
    },
    judge: (as: Principal, reviewId: string, content: unknown) =>
      by(as, (tx) => judge(deps, tx, { reviewId, body: { content } })),
    claim: (as: Principal, reviewId: string) => by(as, (tx) => claim(deps, tx, reviewId)),
    claimMany: (as: Principal, reviewIds: string[]) => by(as, (tx) => claimMany(deps, tx, { reviewIds })),
    release: (as: Principal, reviewId: string) => by(as, (tx) => release(deps, tx, reviewId)),
    reassign: (as: Principal, reviewId: string, userId: string) =>
      by(as, (tx) => reassign(deps, tx, { reviewId, body: { userId } })),
    redraft: (as: Principal, reviewId: string, notes: readonly (string | { text: string; field: string })[]) => {
      const body = { notes: notes.map((note) => (typeof note === 'string' ? { text: note, field: null } : note)) };
      return by(as, (tx) => askRedraft(deps, tx, { reviewId, body }));
    },
    defer: (as: Principal, reviewId: string, until: Date) =>
      by(as, (tx) => defer(deps, tx, { reviewId, body: { until: until.toISOString(), reason: '等待检验结果' } })),
    escalate: (as: Principal, reviewId: string) =>
      by(as, (tx) => escalate(deps, tx, { reviewId, body: { reason: '需要上级判断' } })),
    amendment: (as: Principal, reviewId: string) => by(as, (tx) => getAmendment(deps, tx, reviewId)),
    keep: (as: Principal, reviewId: string, { version, content }: { version: number; content: object }) =>
      by(as, (tx) => putAmendment(deps, tx, { reviewId, version, body: { content: { ...content } } })),
    list: (as: Principal, query: Readonly<Record<string, unknown>> = {}) =>
      by(as, (tx) => listReviews(deps, tx, { query: worklistQuery.parse(query), cursors })),
  };
};

/** The doors of a desk. */
export type Desk = ReturnType<typeof openDesk>;
