import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Answer, answerTo } from './refusals';

/** One act of a person on its way: it keeps its number however often it is sent. */
export interface Intention {
  readonly key: string;
}

/** How sending stands. */
export interface Sending<I extends Intention> {
  readonly send: (intention: I) => void;
  /** Sends the last intention once more under the same number, as it was or with something added to it. */
  readonly again: (added?: Partial<I>) => void;
  readonly dismiss: () => void;
  readonly busy: boolean;
  readonly thrown: unknown;
  readonly answer: Answer | null;
  /** What was sent and not answered: it may or may not have happened. */
  readonly unanswered: I | null;
}

/** Sends acts of a person; one that was not answered is kept, also while the page shows something else. */
export const useSending = <I extends Intention, R>(
  name: string,
  ask: (intention: I) => Promise<R>,
  onDone: (reply: R, intention: I) => void,
): Sending<I> => {
  const client = useQueryClient();
  const keptAt = ['sent', name];
  const [unanswered, setUnanswered] = useState<I | null>(() => client.getQueryData<I>(keptAt) ?? null);
  const keep = (intention: I | null): void => {
    setUnanswered(intention);
    client.setQueryDefaults(['sent'], { gcTime: Number.POSITIVE_INFINITY });
    if (intention) client.setQueryData(keptAt, intention);
    else client.removeQueries({ queryKey: keptAt });
  };
  const going = useMutation<R, unknown, I>({
    mutationFn: ask,
    onSettled: async (_reply, thrown, intention) => {
      if (thrown !== null && answerTo(thrown) === 'send-again') return keep(intention);
      keep(null);
      for (const word of ['reviews', 'queue', 'case', 'handovers']) void client.invalidateQueries({ queryKey: [word] });
      // What a refusal is about is on the screen before the refusal is.
      await client.invalidateQueries({ queryKey: ['review'] });
    },
    onSuccess: onDone,
  });
  const last = going.variables ?? unanswered;
  return {
    send: going.mutate,
    again: (added) => {
      if (last && !going.isPending) going.mutate({ ...last, ...added });
    },
    dismiss: going.reset,
    busy: going.isPending,
    thrown: going.error,
    answer: going.error === null ? null : answerTo(going.error),
    unanswered,
  };
};
