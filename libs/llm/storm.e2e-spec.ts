import { countOf } from '../../test/support/counts';
import { type ModelEvent } from './events';
import { type DraftOutcome } from './outcome';
import { input, type Note, notePrompt, type Rehearsal, startRehearsal } from './testing';

const request = { prompt: notePrompt, input, maxTokens: 500 };
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const running = 4;
/** What stands for 120 s, the shortest that the header can say; the breaker's own times are shortened with it. */
const retryAfterMs = 1000;
const breaker = { failures: 5, openMs: 125, maxOpenMs: 2500 };

describe('L-4: a storm of refusals', () => {
  let rehearsal: Rehearsal;
  let asked: number[];
  let events: ModelEvent[];

  beforeEach(async () => {
    asked = [];
    events = [];
    rehearsal = await startRehearsal(
      { onRequest: () => asked.push(performance.now()) },
      { breaker, slots: { running, waiting: countOf('L-4 drafts') }, onEvent: (event) => events.push(event) },
    );
  });
  afterEach(() => rehearsal.close());

  const drafts = (count: number): Promise<DraftOutcome<Note>[]> =>
    Promise.all(Array.from({ length: count }, () => rehearsal.endpoint.draft(request)));
  const opened = (): number => events.findIndex((event) => event.kind === 'breaker' && event.state === 'open');
  const attempts = (from: number, to?: number): number =>
    events.slice(from, to).filter((event) => event.kind === 'attempt' && event.attempt.outcome !== 'breaker-open')
      .length;

  it('of 429 with Retry-After is asked once per slot, then by one probe after each wait', async () => {
    rehearsal.server.setFault('rate-limit-1');
    const outcomes = await drafts(countOf('L-4 drafts'));
    expect(outcomes.some(({ ok }) => ok)).toBe(false);
    expect(asked.length).toBeLessThanOrEqual(running);
    const firstAnswered = asked[0] ?? 0;
    // People go on asking for drafts all the while.
    while (performance.now() < firstAnswered + 3.5 * retryAfterMs) {
      expect((await drafts(1))[0]).toMatchObject({ ok: false });
      await sleep(20);
    }
    const probes = asked.filter((at) => at > firstAnswered + retryAfterMs / 2);
    expect(asked.length - probes.length).toBeLessThanOrEqual(running);
    expect(asked.length).toBeLessThanOrEqual(12);
    expect(probes.length).toBeGreaterThan(0);
    const waits = probes.map((at, index) => at - (index === 0 ? firstAnswered : (probes[index - 1] ?? 0)));
    for (const waited of waits) expect(waited).toBeGreaterThanOrEqual(retryAfterMs);
  });

  it('opens the breaker at the first answer that names a time, and at the fifth failure otherwise', async () => {
    rehearsal.server.setFault('rate-limit-1');
    await drafts(1);
    expect(rehearsal.endpoint.status()).toMatchObject({ breaker: 'open' });
    await sleep(rehearsal.endpoint.status().breakerWaitMs + 5);
    rehearsal.server.setFault(null);
    expect((await drafts(1))[0]).toMatchObject({ ok: true });
    events = [];
    rehearsal.server.setFault('echo-503');
    const outcomes = await drafts(countOf('L-4 drafts'));
    expect(outcomes.some(({ ok }) => ok)).toBe(false);
    expect(attempts(0, opened())).toBeLessThanOrEqual(5);
    // Those under way when it opened, and nobody after them.
    expect(attempts(0)).toBeLessThanOrEqual(5 + running - 1);
  });

  it('ends with a good probe, after which everybody is served again', async () => {
    rehearsal.server.setFault('rate-limit-1');
    await drafts(countOf('L-4 drafts'));
    rehearsal.server.setFault(null);
    await sleep(rehearsal.endpoint.status().breakerWaitMs + 5);
    expect((await drafts(1))[0]).toMatchObject({ ok: true });
    expect((await drafts(10)).every(({ ok }) => ok)).toBe(true);
  });
});
