import { type Notice } from '../api/types';

/** Notices that may not wait, whatever the hour: somebody is, or may be, at level I. */
export const isCritical = ({ data }: Pick<Notice, 'data'>): boolean => data['to'] === 'I' || data['level'] === 'I';

/** What a notice is told as: of a patient's limit, whether it may not be waited for at all, comes near, or is passed. */
export const wordOf = ({ kind, data }: Pick<Notice, 'kind' | 'data'>): string => {
  if (kind !== 'breach') return kind;
  if (data['level'] === 'I') return 'breach-critical';
  return data['step'] === 0 ? 'breach-near' : 'breach';
};

/** What is new since `known`; nothing at the first reading, which tells what was there before the page. */
export const newOf = <N extends { readonly id: string }>(known: ReadonlySet<string> | null, now: readonly N[]): N[] =>
  known === null ? [] : now.filter(({ id }) => !known.has(id));

/** Whether these make a sound: at night only what is critical. */
export const isHeard = (
  fresh: readonly Pick<Notice, 'data'>[],
  { sound, night }: { readonly sound: boolean; readonly night: boolean },
): boolean => sound && (night ? fresh.some(isCritical) : fresh.length > 0);
