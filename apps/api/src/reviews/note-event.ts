import { type ReviewEntity } from '#libs/db/entities/review.entity';
import { type OutboxEntry, record } from '#libs/db/stores/record.store';
import { addReviewEvent, type NewReviewEvent } from '#libs/db/stores/review.store';
import { type Tx } from '#libs/db/transaction';

/** Stores an event of a locked review with its audit row (the event's data, never its note) and tells the browsers. */
export const noteEvent = async (
  tx: Tx,
  review: ReviewEntity,
  { tell = null, ...event }: NewReviewEvent & { readonly tell?: OutboxEntry | null },
): Promise<void> => {
  await addReviewEvent(tx, review.id, event);
  await record(tx, {
    audit: {
      action: `review.${event.kind}`,
      entityType: 'review',
      entityId: review.id,
      caseIds: [review.caseId],
      detail: event.data ?? {},
    },
    tell,
    changed: { topic: 'review', entityId: review.id, wardId: review.wardId },
  });
};
