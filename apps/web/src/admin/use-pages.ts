import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';

interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/**
 * A list that the API gives in pages, read on as far as somebody asks; `all` reads to its end, for a search in it; `keep`
 * reads nothing again by itself.
 */
export const usePages = <T>(
  queryKey: readonly unknown[],
  read: (cursor: string | undefined) => Promise<Page<T>>,
  { all = false, keep = false }: { readonly all?: boolean; readonly keep?: boolean } = {},
) => {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: undefined as string | undefined,
    ...(keep && { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, refetchOnReconnect: false }),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const { hasNextPage, isFetching, fetchNextPage } = query;
  useEffect(() => {
    if (all && hasNextPage && !isFetching) void fetchNextPage();
  }, [all, hasNextPage, isFetching, fetchNextPage]);
  return { ...query, items: query.data?.pages.flatMap(({ items }) => items) ?? [] };
};
