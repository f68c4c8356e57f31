import { type RefCallback, startTransition, useEffect, useState } from 'react';

/** How far beyond the screen a row counts as near: about half a screen, so that a turn of the wheel finds rows drawn. */
const margin = '500px';
/** So many rows fill the first screen; they are drawn before anybody could have looked where they are. */
const firstScreen = 16;

/** Which rows are near the screen. */
export interface NearRows {
  /** Whether the row of this key, at this place of the list, is to be drawn in full. */
  readonly isNear: (key: string, place: number) => boolean;
  /** The `ref` of each row; the row says its key as `data-key`. */
  readonly watch: RefCallback<HTMLElement>;
}

type Near = ReadonlySet<string> | null;

const keyOf = ({ target }: IntersectionObserverEntry): string => (target as HTMLElement).dataset['key'] ?? '';

/** What was near, with what came and without what went. */
export const withMoved = (
  before: Near,
  moved: readonly { readonly key: string; readonly near: boolean }[],
): ReadonlySet<string> => {
  const after = new Set(before);
  for (const { key, near } of moved) {
    if (near) after.add(key);
    else after.delete(key);
  }
  return after;
};

/** Follows which rows of a long table are near the screen: the others need not be drawn in full. */
export const useNearRows = (): NearRows => {
  const [near, setNear] = useState<Near>(null);
  const [observer] = useState(
    () =>
      new IntersectionObserver(
        (entries) => {
          const moved = entries.map((entry) => ({ key: keyOf(entry), near: entry.isIntersecting }));
          // May be put off: a key that is pressed meanwhile goes first.
          startTransition(() => setNear((before) => withMoved(before, moved)));
        },
        { rootMargin: margin },
      ),
  );
  const [watch] = useState(() => (row: HTMLElement | null) => {
    if (row === null) return undefined;
    observer.observe(row);
    return () => observer.unobserve(row);
  });
  useEffect(() => () => observer.disconnect(), [observer]);
  return { isNear: (key, place) => (near === null ? place < firstScreen : near.has(key)), watch };
};
