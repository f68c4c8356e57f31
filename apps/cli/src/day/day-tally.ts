import { type ApiDoor, type Reply } from '#libs/api-client/door';
import { setTimeout as sleep } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';

/** What was seen of the API while the day was played. */
export interface DayTally {
  /** Answer times by route, ms: of answers, not of waits for a service that was away. */
  readonly answered: Map<string, number[]>;
  /** Refusals by route and code. */
  readonly refused: Map<string, number>;
  /** Requests that were told to come back later (429, 503), and the longest that one had to. */
  waits: number;
  longestWaitMs: number;
  /** What must not happen on any day. */
  readonly faults: string[];
  /** Told of each fault when it happens. */
  readonly say: (line: string) => void;
  /** Other counts of the day, by name. */
  readonly counts: Map<string, number>;
}

/** A tally with nothing in it. */
export const newTally = (say: DayTally['say']): DayTally => ({
  say,
  answered: new Map(),
  refused: new Map(),
  waits: 0,
  longestWaitMs: 0,
  faults: [],
  counts: new Map(),
});

/** Notes what must not happen on any day. */
export const fault = (tally: DayTally, what: string): void => {
  tally.faults.push(what);
  tally.say(`  fault: ${what}`);
};

/** Counts one more. */
export const count = (tally: Pick<DayTally, 'counts'>, what: string, by = 1): void =>
  void tally.counts.set(what, (tally.counts.get(what) ?? 0) + by);

const later: readonly number[] = [429, 503];
const pauseMs = 250;
const patienceMs = 120_000;

/**
 * A door at which every answer is counted. Who is told to come back later asks again under the same Idempotency-Key, two
 * minutes at most; an answer of the kind that no request may get (5xx, nothing at all) is a fault of the day.
 */
export const countedDoor = (door: ApiDoor, tally: DayTally): ApiDoor => ({
  ...door,
  ask: async (method, path, sending = {}) => {
    const again = { ...sending, key: sending.key ?? randomUUID() };
    const route = `${method.toUpperCase()} ${path}`;
    const since = performance.now();
    for (;;) {
      const askedAt = performance.now();
      const reply = await door.ask(method, path, again);
      if (later.includes(reply.status) && performance.now() - since < patienceMs) {
        tally.waits += 1;
        await sleep(pauseMs);
        continue;
      }
      if (askedAt > since + pauseMs) tally.longestWaitMs = Math.max(tally.longestWaitMs, askedAt - since);
      noteAnswer(tally, route, { reply, ms: performance.now() - askedAt });
      return reply;
    }
  },
});

const noteAnswer = (tally: DayTally, route: string, { reply, ms }: { reply: Reply<unknown>; ms: number }): void => {
  if (reply.status >= 500) fault(tally, `${route} answered ${reply.status}`);
  if (reply.ok) push(tally.answered, route, ms);
  else {
    const key = `${route} ${reply.problem.code}`;
    tally.refused.set(key, (tally.refused.get(key) ?? 0) + 1);
  }
};

const push = (times: Map<string, number[]>, route: string, ms: number): void => {
  const known = times.get(route);
  if (known) known.push(ms);
  else times.set(route, [ms]);
};
