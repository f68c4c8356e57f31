import { type ReviewEntity } from '#libs/db/entities/review.entity';
import { type Tx } from '#libs/db/transaction';
import { type Refusal } from '#libs/review/refusal';

/** A decision whose effect is due: the locked review, the signed content and the ids of what was just stored. */
export interface DecidedReview<C> {
  readonly review: ReviewEntity;
  readonly content: C;
  readonly decisionId: string;
  readonly decidedAt: Date;
  readonly acknowledgedFacts: readonly string[];
}

/**
 * What must be true the moment a person is answered, written inside the decision's transaction.
 * A refusal (a lost race for a bed, stale vital signs) rolls the decision back; the value is told to the person.
 */
export type Effect<C> = (tx: Tx, decided: DecidedReview<C>) => Promise<EffectAnswer | Refusal>;

/** What the effect did, for the answer: plain values without patient data. */
export type EffectAnswer = Readonly<Record<string, unknown>>;
