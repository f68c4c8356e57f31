import { useNavigate, useSearchParams } from 'react-router';
import { useListName, useReviews } from './use-reviews';

/** Goes to the next review of the list that is not this one; to the queue when none waits. */
export const useNextReview = (reviewId: string): (() => void) => {
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const [list] = useListName();
  const { data } = useReviews(list);
  return () => {
    const items = data ?? [];
    const at = items.findIndex((item) => item.reviewId === reviewId);
    const waiting = [...items.slice(at + 1), ...items.slice(0, Math.max(at, 0))];
    const next = waiting.find(({ state, claim }) => state === 'open' && claim === null);
    void navigate(next ? { pathname: `/reviews/${next.reviewId}`, search: search.toString() } : '/queue');
  };
};
