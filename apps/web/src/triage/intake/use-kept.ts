import { useQuery, useQueryClient } from '@tanstack/react-query';
import { dropForm, keepForm, readForm } from '../../forms/kept-form';
import { useSession } from '../../session/session';
import { type Kept, withKept, withoutKept } from './kept-list';

const nameOf = (userId: string): string => `intake:${userId}`;

/* One change after the other: two that read the same list would lose a form. */
let last: Promise<unknown> = Promise.resolve();
const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
  const next = last.then(work, work);
  last = next;
  return next;
};

/** The forms of this person that wait on this machine, encrypted, and how to change them. */
export const useKept = () => {
  const client = useQueryClient();
  const { user } = useSession();
  const name = nameOf(user.id);
  const queryKey = ['kept-forms', user.id];
  const { data = [] } = useQuery({
    queryKey,
    queryFn: async () => (await readForm<readonly Kept[]>(name)) ?? [],
    staleTime: Number.POSITIVE_INFINITY,
  });
  const change = (to: (kept: readonly Kept[]) => readonly Kept[]): Promise<void> =>
    inTurn(async () => {
      const next = to((await readForm<readonly Kept[]>(name)) ?? []);
      await (next.length === 0 ? dropForm(name) : keepForm(name, next));
      client.setQueryData(queryKey, next);
    });
  return {
    kept: data,
    keep: (one: Kept) => change((list) => withKept(list, one)),
    drop: (key: string) => change((list) => withoutKept(list, key)),
  };
};
