import { ReviewEventEntity } from '../entities/review-event.entity';
import { type Tx } from '../transaction';

/** The events of a review, oldest first. */
export const eventsOf = (tx: Tx, reviewId: string): Promise<ReviewEventEntity[]> =>
  tx.manager.find(ReviewEventEntity, { where: { reviewId }, order: { seq: 'ASC' } });

/** The note of an event as text; null when it has none. */
export const eventNote = (tx: Tx, event: ReviewEventEntity): string | null =>
  event.noteCt && tx.cipher.open(['review_event', 'note_ct', event.id], event.noteCt);

/** The roles that have been told about a review so far, by time or by people. */
export const escalatedTo = async (tx: Tx, reviewId: string): Promise<string[]> => {
  const rows = await tx.query<{ tell: string | null }>(
    `select distinct data ->> 'tell' tell from review_event where review_id = $1 and kind = 'escalated'`,
    [reviewId],
  );
  return rows.flatMap(({ tell }) => tell ?? []);
};
