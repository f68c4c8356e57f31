import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { answered, api } from '../api/client';
import { serverNow } from '../api/clock';

/** The lists a person chooses from; each is a query of the API. */
export const lists = {
  open: {},
  mine: { mine: 'true' },
  unassigned: { unassigned: 'true' },
  overdue: { overdue: 'true' },
  second: { state: 'awaiting-second' },
  deferred: { deferred: 'true' },
  completed: { state: 'decided' },
} as const;
export type ListName = keyof typeof lists;

/** Which list the address names. */
export const useListName = (): [ListName, (name: ListName) => void] => {
  const [search, setSearch] = useSearchParams();
  const named = search.get('list') ?? 'open';
  const choose = (name: ListName): void =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        next.set('list', name);
        return next;
      },
      { replace: true },
    );
  return [named in lists ? (named as ListName) : 'open', choose];
};

const pageSize = 20;

/** A list of reviews, page by page as far as the person asked for more. */
export const useReviews = (list: ListName) =>
  useInfiniteQuery({
    queryKey: ['reviews', list],
    queryFn: ({ pageParam }) => {
      const query = { limit: pageSize, ...lists[list], ...(pageParam !== null && { cursor: pageParam }) };
      return answered(api.GET('/api/reviews', { params: { query: query as never } }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    placeholderData: keepPreviousData,
  });

/** One review as this person may see it. That the wait for a draft is over is told by the clock alone: read again then. */
export const useReview = (id: string) =>
  useQuery({
    queryKey: ['review', id],
    queryFn: () => answered(api.GET('/api/reviews/{id}', { params: { path: { id } } })),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) =>
      data?.mode === 'waiting-for-draft' && Math.max(1000, Date.parse(data.manualAt) - serverNow().getTime() + 200),
  });
