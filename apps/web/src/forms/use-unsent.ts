import { useCallback, useEffect, useState } from 'react';
import { useSession } from '../session/session';
import { dropForm, keepForm, readForms } from './kept-form';

/** A form that was begun and not sent, as it stood when it was last written in. */
export interface Unsent<F> {
  readonly id: string;
  /** ISO instant. */
  readonly at: string;
  readonly form: F;
}

type Stored<F> = Omit<Unsent<F>, 'id'>;

/* One write after the other, each of the newest state: an older one would overtake it, and a fast typist every write. */
const newest = new Map<string, unknown>();
let last: Promise<unknown> = Promise.resolve();
const inTurn = (work: () => Promise<void>): Promise<void> => {
  const next = last.then(work, work);
  last = next;
  return next;
};

/**
 * Forms of this person that were begun and not sent, so that a page that is read anew, or a PC that went off, loses none.
 * They lie encrypted on this machine and are dropped at sign-out. `waiting`: those that were there when the page was opened.
 */
export const useUnsent = <F>(kind: string) => {
  const { user } = useSession();
  const beginning = `${kind}:${user.id}:`;
  const [waiting, setWaiting] = useState<readonly Unsent<F>[]>([]);
  /* A browser may refuse: storage is full, or the page came without TLS. The person is told; nothing else depends on it. */
  const [refused, setRefused] = useState(false);
  const refuse = useCallback(() => setRefused(true), []);
  useEffect(() => {
    let here = true;
    void inTurn(async () => {
      const read = await readForms<Stored<F>>(beginning);
      if (here) setWaiting(read.map(({ id, form }) => ({ id, ...form })).toSorted((a, b) => (a.at < b.at ? -1 : 1)));
    }).catch(refuse);
    return () => {
      here = false;
    };
  }, [beginning, refuse]);
  const keep = useCallback(
    (id: string, form: F, at: string) => {
      const name = beginning + id;
      newest.set(name, { form, at } satisfies Stored<F>);
      void inTurn(async () => {
        const now = newest.get(name);
        newest.delete(name);
        if (now !== undefined) await keepForm(name, now);
      }).catch(refuse);
    },
    [beginning, refuse],
  );
  /* Resolves when nothing of it lies here any more: a page that is left sooner would offer it again. */
  const drop = useCallback(
    (id: string): Promise<void> => {
      newest.delete(beginning + id);
      return inTurn(() => dropForm(beginning + id)).catch(refuse);
    },
    [beginning, refuse],
  );
  return { waiting, setWaiting, refused, keep, drop };
};
