import { type QueueRow } from '../../api/types';

/** Where a row leads: to what waits to be signed, else to the patient. */
export const openingOf = ({ review, caseId }: QueueRow): string =>
  review === null ? `/cases/${caseId}` : `/reviews/${review.id}`;
