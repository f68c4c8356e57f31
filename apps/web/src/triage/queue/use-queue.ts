import { keepPreviousData, type QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { answered, api } from '../../api/client';
import { type Queue } from '../../api/types';
import { sharedRows } from './shared-rows';

/** What the queue can be narrowed to; the filters stand in the address, so that a link shows the same list. */
export const filterNames = ['wardId', 'state', 'level'] as const;
export type FilterName = (typeof filterNames)[number];

type Filters = Partial<Record<FilterName, string>>;

const filtersIn = (search: URLSearchParams): Filters =>
  Object.fromEntries(filterNames.flatMap((name) => (search.get(name) ? [[name, search.get(name)]] : []))) as Filters;

const queueQuery = (filters: Filters) =>
  queryOptions({
    queryKey: ['queue', filters],
    queryFn: () => answered(api.GET('/api/triage/queue', { params: { query: filters as never } })),
  });

/** Reads the queue of an address before its screen is drawn. */
export const readQueue = (client: QueryClient): Promise<void> =>
  client.prefetchQuery(queueQuery(filtersIn(new URLSearchParams(location.search))));

/** The filters of the address, and how to change them. */
export const useQueueFilters = () => {
  const [search, setSearch] = useSearchParams();
  const filters = filtersIn(search);
  const change = (name: FilterName, value: string | undefined): void => {
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        if (value === undefined || value === '') next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  };
  return { filters, change };
};

/** How often the waiting times are read again when nothing else asks for it, ms. */
const freshMs = 30_000;

/** The queue as the address asks for it. */
export const useQueue = () => {
  const { filters } = useQueueFilters();
  return useQuery({
    ...queueQuery(filters),
    refetchInterval: freshMs,
    placeholderData: keepPreviousData,
    structuralSharing: (before, now) => sharedRows(before as Queue | undefined, now as Queue),
  });
};
