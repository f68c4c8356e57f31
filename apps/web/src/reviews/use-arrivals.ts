import { useEffect, useRef, useState } from 'react';

/** How many of these ids are new since the list was last looked at under this name; 0 when the list itself changed. */
export const arrivals = (before: ReadonlySet<string> | null, now: readonly string[]): number =>
  before === null ? 0 : now.filter((id) => !before.has(id)).length;

/** Counts what came newly into a list, for saying it aloud. */
export const useArrivals = (list: string, ids: readonly string[] | null): number => {
  const known = useRef<{ list: string; ids: ReadonlySet<string> } | null>(null);
  const [count, setCount] = useState(0);
  const joined = ids?.join(' ') ?? null;
  useEffect(() => {
    if (joined === null) return;
    const now = joined === '' ? [] : joined.split(' ');
    const before = known.current?.list === list ? known.current.ids : null;
    const fresh = arrivals(before, now);
    if (fresh > 0 || before === null) setCount(fresh);
    known.current = { list, ids: new Set([...(before ?? []), ...now]) };
  }, [list, joined]);
  return count;
};
