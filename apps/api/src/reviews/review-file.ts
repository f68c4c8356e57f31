import { type CaseEntity } from '#libs/db/entities/case.entity';
import { CaseEntity as Case } from '#libs/db/entities/case.entity';
import { type DecisionEntity, DecisionEntity as Decision } from '#libs/db/entities/decision.entity';
import { type PatientEntity } from '#libs/db/entities/patient.entity';
import { type ReviewEventEntity } from '#libs/db/entities/review-event.entity';
import { type SignatureEntity } from '#libs/db/entities/signature.entity';
import { factContent, factsOfCase } from '#libs/db/stores/fact.store';
import { findJudgement, type StoredJudgement } from '#libs/db/stores/judgement.store';
import { identifiersOf, patientDetails, type PatientNumber, survivorOf } from '#libs/db/stores/patient.store';
import { eventsOf } from '#libs/db/stores/review-event.store';
import { reviewOf } from '#libs/db/stores/review.store';
import { namesOf } from '#libs/db/stores/reviewer.store';
import { type Rollout, rolloutOfCase } from '#libs/db/stores/rollout.store';
import {
  draftOfferedBefore,
  draftOfVersion,
  initiatorsOf,
  isRoundOver,
  liveSignatures,
  type OpenedDraft,
  overtakingFacts,
} from '#libs/db/stores/view.store';
import { type Tx } from '#libs/db/transaction';
import { type Entry, type KnownReview } from './enter';
import { type DescribedCase } from './process-view';

/** Everything on file about a review, opened, and who looks at it. */
export interface ReviewFile extends Entry {
  readonly of: CaseEntity;
  readonly patient: PatientEntity;
  readonly identity: ReturnType<typeof patientDetails>;
  readonly identifiers: readonly PatientNumber[];
  readonly facts: DescribedCase['facts'];
  readonly overtaking: ReadonlyMap<string, string>;
  readonly draft: OpenedDraft | null;
  readonly draftBefore: OpenedDraft | null;
  readonly roundOver: boolean;
  readonly judgement: StoredJudgement | null;
  readonly signatures: readonly SignatureEntity[];
  readonly decision: DecisionEntity | null;
  readonly events: readonly ReviewEventEntity[];
  readonly initiators: readonly string[];
  readonly rollout: Rollout;
  readonly names: ReadonlyMap<string, string>;
}

/**
 * Reads the file of a review. Facts are read before the review itself, so that what moves meanwhile can only make this
 * person look less informed than they are, never more.
 */
export const openFile = async (tx: Tx, entry: Entry): Promise<ReviewFile> => {
  const { id: reviewId, caseId } = entry.review;
  const of = await tx.manager.findOneByOrFail(Case, { id: caseId });
  const facts = (await factsOfCase(tx, caseId)).map((fact) => ({ fact, content: factContent(tx, fact) }));
  const review = ((await reviewOf(tx, reviewId)) ?? entry.review) as KnownReview;
  const patient = await survivorOf(tx, of.patientId);
  const offered = { reviewId, version: review.draftVersion };
  const [signatures, events] = [await liveSignatures(tx, reviewId), await eventsOf(tx, reviewId)];
  return {
    ...entry,
    review,
    of,
    patient,
    identity: patientDetails(tx, patient),
    identifiers: await identifiersOf(tx, patient.id),
    facts,
    overtaking: await overtakingFacts(tx, reviewId),
    draft: await draftOfVersion(tx, offered),
    draftBefore: await draftOfferedBefore(tx, offered),
    roundOver: await isRoundOver(tx, reviewId, review.redraftRound),
    judgement: await findJudgement(tx, { reviewId, userId: entry.principal.id }),
    signatures,
    decision: await tx.manager.findOneBy(Decision, { reviewId }),
    events,
    initiators: await initiatorsOf(tx, reviewId),
    rollout: await rolloutOfCase(tx, review),
    names: await namesOf(tx, [
      review.claimedBy,
      ...facts.map(({ fact }) => fact.recordedBy),
      ...events.flatMap(({ byId, data }) => [byId, ...peopleIn(data)]),
    ]),
  };
};

const peopleIn = (data: object): string[] => {
  const { from, to, after } = data as Readonly<Record<string, unknown>>;
  return [from, to, after].filter((id) => typeof id === 'string');
};
