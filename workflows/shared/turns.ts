type Steps<A> = { readonly [K in keyof A]: (input: unknown) => Promise<unknown> };

/**
 * Has the ledger steps of one workflow run one at a time, in the order in which its coroutines ask for them.
 * With two local activities under way at once the next one of each coroutine would be asked for in another order on
 * replay, where finished ones are handed back together: a nondeterminism error, and a case that stands still.
 */
export const takeTurns = (): (<A extends object>(steps: A) => A) => {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (step: () => Promise<unknown>): Promise<unknown> => {
    const mine = last.then(step);
    last = mine.catch(() => undefined);
    return mine;
  };
  return <A extends object>(steps: A): A =>
    new Proxy(steps, {
      get: (target, name) => (input: unknown) => inTurn(() => (target as Steps<A>)[name as keyof A](input)),
    });
};
