import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type DraftOutcome, type FailureReason } from './outcome';
import { type RehearsalFault, rehearsalFaults } from './rehearsal/faults';
import { input, type Note, note, notePrompt, type Rehearsal, SCALED_DEADLINES, startRehearsal } from './testing';

type Expected = FailureReason | 'valid' | 'repaired';

/** What each fault must come to; a list where two deadlines race. */
const expectations: Readonly<Record<RehearsalFault, readonly Expected[]>> = {
  'black-hole': ['first-token'],
  'headers-silence': ['first-token'],
  'headers-blank-lines': ['first-token'],
  'body-cut': ['connection-lost'],
  'stream-stall': ['gap'],
  'stream-keepalive': ['first-token'],
  'stream-role-only': ['first-token'],
  'stream-drip': ['total'],
  'stream-cut': ['connection-lost'],
  'stream-no-finish': ['no-finish'],
  'stream-error': ['error-in-answer'],
  'rate-limit-1': ['rate-limited'],
  'rate-limit-120': ['rate-limited'],
  'echo-503': ['server-error'],
  'echo-400': ['request-refused'],
  'html-200': ['not-json'],
  'error-200': ['error-in-answer'],
  'no-choices': ['wrong-shape'],
  'null-content': ['empty'],
  'json-in-reasoning': ['repaired'],
  'reasoning-only': ['empty'],
  'finish-length': ['truncated'],
  'redirect-301': ['redirected'],
  'redirect-302': ['redirected'],
  'redirect-303': ['redirected'],
  'redirect-307': ['redirected'],
  'redirect-308': ['redirected'],
  'responses-shape': ['wrong-shape'],
  prose: ['syntax'],
  'invalid-schema': ['schema'],
  'think-unclosed': ['think-unclosed'],
  'think-block': ['repaired'],
  'tool-call': ['tool-call'],
  'answer-512k': ['valid', 'first-token'],
  'answer-2m-less': ['too-large', 'first-token'],
  'answer-2m-more': ['too-large', 'first-token'],
  slow: ['valid'],
};

interface Ended {
  outcome: DraftOutcome<Note>;
  ms: number;
}

/** A deadline may be noticed this late on a busy machine. */
const GRACE_MS = 900;

const outcomeName = (outcome: DraftOutcome<Note>): Expected => {
  if (!outcome.ok) return outcome.reason;
  return outcome.repaired === null ? 'valid' : 'repaired';
};

/** When a fault must have ended: the deadline that it runs into, or else the total. */
const latest = (fault: RehearsalFault): number => {
  const { firstTokenMs, gapMs, totalMs } = SCALED_DEADLINES;
  if (expectations[fault].includes('first-token')) return firstTokenMs;
  return expectations[fault].includes('gap') ? firstTokenMs + gapMs : totalMs;
};

describe('the model client on a failing wire (L-1)', () => {
  let rehearsal: Rehearsal;
  let sink: Server;
  let sinkBytes = 0;
  let sinkRequests = 0;
  let sound: DraftOutcome<Note>;
  const ended = new Map<RehearsalFault, Ended>();

  beforeAll(async () => {
    sink = createServer((request, response) => {
      sinkRequests += 1;
      request.on('data', (chunk: Buffer) => (sinkBytes += chunk.length));
      request.on('end', () => response.end('{}'));
    });
    await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
    const redirectTo = `http://127.0.0.1:${(sink.address() as AddressInfo).port}/v1/chat/completions`;
    rehearsal = await startRehearsal(
      { redirectTo, slowMs: 50 },
      // A breaker that never opens: each fault is to be seen by itself, all at once.
      {
        deadlines: SCALED_DEADLINES,
        breaker: { failures: 1_000_000, openMs: 1, maxOpenMs: 1 },
        slots: { running: 100, waiting: 0 },
      },
    );
  });

  // A Retry-After opens the breaker whatever its limit: these come last, so that the others are heard.
  beforeAll(async () => {
    sound = await rehearsal.endpoint.draft({ prompt: notePrompt, input, maxTokens: 500 });
    const quiet = rehearsalFaults.filter((fault) => !/^(rate-limit|answer)-/.test(fault));
    // A few at a time: all at once they would take the deadlines from each other.
    for (let from = 0; from < quiet.length; from += 6)
      await Promise.all(quiet.slice(from, from + 6).map(async (fault) => ended.set(fault, await draftUnder(fault))));
    // Megabytes, one after the other for the same reason.
    for (const fault of ['answer-512k', 'answer-2m-less', 'answer-2m-more'] as const)
      ended.set(fault, await draftUnder(fault));
    ended.set('rate-limit-1', await draftUnder('rate-limit-1'));
    await new Promise((resolve) => setTimeout(resolve, 1100));
    ended.set('rate-limit-120', await draftUnder('rate-limit-120'));
  });

  afterAll(async () => {
    await rehearsal.close();
    await new Promise((resolve) => sink.close(resolve));
  });

  const draftUnder = async (fault: RehearsalFault): Promise<Ended> => {
    const startedAt = performance.now();
    const headers = { 'x-rehearsal-fault': fault };
    const outcome = await rehearsal.endpoint.draft({ prompt: notePrompt, input, maxTokens: 500, headers });
    return { outcome, ms: performance.now() - startedAt };
  };

  it('knows at least the twenty wire faults', () => {
    expect(rehearsalFaults.slice(0, 20)).toEqual(expect.arrayContaining(['black-hole', 'stream-drip', 'redirect-307']));
    expect(Object.keys(expectations)).toHaveLength(rehearsalFaults.length);
  });

  it('answers without a fault', () => {
    expect(sound).toMatchObject({ ok: true, value: note, repaired: null });
  });

  it.each(rehearsalFaults)('ends %s with its own outcome, within its deadline', (fault) => {
    const { outcome, ms } = ended.get(fault)!;
    expect(expectations[fault]).toContain(outcomeName(outcome));
    expect(ms).toBeLessThan(latest(fault) + GRACE_MS);
    if (outcome.ok) expect(outcome.value).toEqual(note);
    else expect(outcome).not.toHaveProperty('value');
  });

  it('sends nothing to where a redirect points', () => {
    expect({ sinkRequests, sinkBytes }).toEqual({ sinkRequests: 0, sinkBytes: 0 });
  });
});
