import { type Notice } from '../api/types';

/** Notices that may not wait, whatever the hour: a limit is passed, or somebody may be at level I. */
export const isCritical = ({ kind, data }: Pick<Notice, 'kind' | 'data'>): boolean =>
  kind === 'breach' || data['to'] === 'I' || data['level'] === 'I';

/** What is new since `known`; nothing at the first reading, which tells what was there before the page. */
export const newOf = <N extends { readonly id: string }>(known: ReadonlySet<string> | null, now: readonly N[]): N[] =>
  known === null ? [] : now.filter(({ id }) => !known.has(id));

/** Whether these make a sound: at night only what is critical. */
export const isHeard = (
  fresh: readonly Pick<Notice, 'kind' | 'data'>[],
  { sound, night }: { readonly sound: boolean; readonly night: boolean },
): boolean => sound && (night ? fresh.some(isCritical) : fresh.length > 0);
