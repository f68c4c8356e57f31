import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { answered, api } from '../api/client';

/** The lists a person chooses from; each is a query of the API. */
export const lists = {
  open: {},
  mine: { mine: 'true' },
  unassigned: { unassigned: 'true' },
  overdue: { overdue: 'true' },
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

/** The first page of a list of reviews. */
export const useReviews = (list: ListName) =>
  useQuery({
    queryKey: ['reviews', list],
    queryFn: () => answered(api.GET('/api/reviews', { params: { query: { limit: 50, ...lists[list] } as never } })),
    placeholderData: keepPreviousData,
  });

/** One review as this person may see it. While it waits for its draft it is looked at again. */
export const useReview = (id: string) =>
  useQuery({
    queryKey: ['review', id],
    queryFn: () => answered(api.GET('/api/reviews/{id}', { params: { path: { id } } })),
    staleTime: 0,
  });
