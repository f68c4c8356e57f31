import { type FactEntity } from '#libs/db/entities/fact.entity';
import { type PatientEntity } from '#libs/db/entities/patient.entity';
import { type ReviewEntity } from '#libs/db/entities/review.entity';
import { type Tx } from '#libs/db/transaction';

/** What a process is asked to describe: the review, its patient and the facts of the case with their opened contents. */
export interface DescribedCase {
  readonly review: ReviewEntity;
  readonly patient: PatientEntity;
  /** Oldest first. */
  readonly facts: readonly { readonly fact: FactEntity; readonly content: unknown }[];
}

/** What a process adds to a review's view: what its rules say of the facts, and what to ask before judging. Plain JSON. */
export interface ProcessView {
  readonly rules: unknown;
  readonly questions: readonly unknown[];
}

/** Describes the case under review by the rules in force, never by a model. */
export type DescribeCase = (tx: Tx, described: DescribedCase) => Promise<ProcessView>;
