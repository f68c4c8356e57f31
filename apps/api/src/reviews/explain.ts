import { DecisionEntity } from '#libs/db/entities/decision.entity';
import { type ReviewEntity } from '#libs/db/entities/review.entity';
import { SignatureEntity } from '#libs/db/entities/signature.entity';
import { IsNull } from 'typeorm';
import { namesOf } from '#libs/db/stores/reviewer.store';
import { type Tx } from '#libs/db/transaction';
import { type ErrorCode } from '#libs/errors/errors';
import { refuse, type Refusal } from '#libs/review/refusal';

type Teller = (tx: Tx, review: ReviewEntity, refusal: Refusal) => Promise<Refusal>;

const whoDecided: Teller = async (tx, review) => {
  const decision = await tx.manager.findOneByOrFail(DecisionEntity, { reviewId: review.id });
  const names = await namesOf(tx, [decision.decidedBy]);
  return refuse('ALREADY_DECIDED', {
    decisionId: decision.id,
    action: decision.action,
    decidedBy: names.get(decision.decidedBy),
    decidedAt: decision.decidedAt.toISOString(),
  });
};

const whoSignedFirst: Teller = async (tx, review) => {
  const first = await tx.manager.findOneByOrFail(SignatureEntity, {
    reviewId: review.id,
    sequence: 1,
    voidedAt: IsNull(),
  });
  return refuse('AWAITING_SECOND', {
    signatureId: first.id,
    action: first.action,
    signedBy: first.printedName,
    signedAt: first.signedAt.toISOString(),
  });
};

const whoHolds: Teller = async (tx, _review, refusal) => {
  const { holder } = refusal.detail as { holder: string };
  const names = await namesOf(tx, [holder]);
  return refuse('CLAIM_HELD', { ...refusal.detail, holderName: names.get(holder) });
};

const tellers: Partial<Record<ErrorCode, Teller>> = {
  ALREADY_DECIDED: whoDecided,
  AWAITING_SECOND: whoSignedFirst,
  CLAIM_HELD: whoHolds,
};

/** Adds to a refusal what the person who lost needs to know: who decided, signed or holds, what and when. */
export const explain = async (tx: Tx, review: ReviewEntity, refusal: Refusal): Promise<Refusal> =>
  (await tellers[refusal.code]?.(tx, review, refusal)) ?? refusal;
