import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AtDesk,
  type DecisionAnswer,
  type Desk,
  manual,
  registration,
  type Reply,
} from '../support/installation-desk';
import { type TestInstallation } from '../support/installation';

/** One answer to a client: when it was asked for and given (milliseconds of the clock); status 0 is no answer at all. */
export interface Seen {
  readonly what: string;
  readonly sentAt: number;
  readonly at: number;
  readonly status: number;
}

/** How much load there is to be. */
export interface Rate {
  readonly perSecond: number;
  readonly count: number;
  /** No more than so many at once (default 100): what the machine cannot keep up with is begun later … */
  readonly lanes?: number;
  /** … or not at all, after so many milliseconds. */
  readonly forMs?: number;
}

/** Begins work at a steady rate; answers what was done and how many were done in a second. */
export const atRate = async <T>(
  { perSecond, count, lanes = 100, forMs = Number.POSITIVE_INFINITY }: Rate,
  work: (at: number) => Promise<T>,
): Promise<{ done: T[]; perSecond: number }> => {
  const began = Date.now();
  const running = new Set<Promise<unknown>>();
  const all: Promise<T>[] = [];
  for (let at = 0; at < count && Date.now() - began < forMs; at += 1) {
    await sleep(Math.max(0, began + (at * 1000) / perSecond - Date.now()));
    while (running.size >= lanes) await Promise.race(running);
    const one = work(at);
    all.push(one);
    const held = one.catch(() => undefined).finally(() => running.delete(held));
    running.add(held);
  }
  const done = await Promise.all(all);
  return { done, perSecond: (done.length * 1000) / (Date.now() - began) };
};

/** Asks once and notes the answer; null when there was none. */
export const noted = async <T>(seen: Seen[], what: string, ask: () => Promise<Reply<T>>): Promise<Reply<T> | null> => {
  const sentAt = Date.now();
  const reply = await ask().catch(() => null);
  seen.push({ what, sentAt, at: Date.now(), status: reply?.status ?? 0 });
  return reply;
};

/** Asks again, as a client does, until the answer is neither 503 nor none at all. */
export const insisted = async <T>(seen: Seen[], what: string, ask: () => Promise<Reply<T>>): Promise<Reply<T>> => {
  const end = Date.now() + 120_000;
  for (;;) {
    const reply = await noted(seen, what, ask);
    if (reply !== null && reply.status !== 503) return reply;
    if (Date.now() > end) throw new Error(`${what}: no answer within two minutes`);
    await sleep(100);
  }
};

/** A patient who was registered and signed by hand, and what was answered last. */
export interface Decided extends AtDesk {
  readonly answer: Reply<DecisionAnswer & { readonly code: string }>;
}

interface Arrival {
  readonly caseId: string;
  readonly assessment: { readonly reviewId: string };
}

/** Registers a patient and insists until it is done. */
export const arriveInsisting = async (seen: Seen[], site: TestInstallation, desk: Desk): Promise<AtDesk> => {
  const [body, key] = [registration(site), randomUUID()];
  const { status, body: arrived } = await insisted(seen, 'register', () =>
    desk.send<Arrival>('/api/triage/cases', body, { key }),
  );
  if (status !== 201) throw new Error(`registration was answered ${status} ${JSON.stringify(arrived)}`);
  return { caseId: arrived.caseId, reviewId: arrived.assessment.reviewId };
};

/** Signs by hand, under one key, until it is answered. */
export const signInsisting = async (seen: Seen[], desk: Desk, at: AtDesk): Promise<Decided> => {
  const key = randomUUID();
  const { body } = await insisted(seen, 'view', () => desk.get<{ version: number }>(`/api/reviews/${at.reviewId}`));
  const answer = await insisted(seen, 'decide', () =>
    desk.decide(at.reviewId, manual('II'), { version: body.version, key }),
  );
  return { ...at, answer };
};
