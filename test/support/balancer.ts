import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from './installation-wait';

/** What stands before several APIs: it asks each whether it is ready, and sends requests only where the answer is yes. */
export interface Balancer {
  /** One of the ready ones, in turn; throws when none is. */
  pick(): string;
  /** Waits until this one is seen ready. */
  ready(url: string): Promise<void>;
  stop(): Promise<void>;
}

const everyMs = 100;

const isReady = async (url: string): Promise<boolean> => {
  try {
    const answer = await fetch(`${url}/healthz/readiness`, { signal: AbortSignal.timeout(2000) });
    await answer.text();
    return answer.status === 200;
  } catch {
    return false; // nobody listens
  }
};

/** Balances over these addresses. It repeats nothing: a request that fails has failed. */
export const startBalancer = async (urls: readonly string[]): Promise<Balancer> => {
  const ready = new Set<string>();
  const over = new AbortController();
  const watch = async (url: string): Promise<void> => {
    while (!over.signal.aborted) {
      if (await isReady(url)) ready.add(url);
      else ready.delete(url);
      await sleep(everyMs, undefined, { signal: over.signal }).catch(() => undefined);
    }
  };
  const watching = urls.map(watch);
  const seen = (url: string) => eventually(`${url} ready`, () => ready.has(url), 60_000).then(() => undefined);
  await Promise.all(urls.map(seen));
  let turn = 0;
  return {
    pick: () => {
      const there = urls.filter((url) => ready.has(url));
      const url = there[(turn += 1) % there.length];
      if (url === undefined) throw new Error('no API is ready');
      return url;
    },
    ready: seen,
    stop: async () => {
      over.abort();
      await Promise.all(watching);
    },
  };
};
