import { sha256, rawSha256 } from './digest';
import { type ModelEvent } from './events';
import { capabilityProfileSchema, unprobedProfile } from './profile';
import { input, note, notePrompt, type Rehearsal, startRehearsal } from './testing';

const request = { prompt: notePrompt, input, maxTokens: 500 };
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

let rehearsal: Rehearsal | undefined;
const start = async (...parts: Parameters<typeof startRehearsal>): Promise<Rehearsal> =>
  (rehearsal = await startRehearsal(...parts));
afterEach(async () => {
  await rehearsal?.close();
  rehearsal = undefined;
});

describe('a draft’s record (L-10)', () => {
  it('says everything needed to make the draft again', async () => {
    const { endpoint } = await start();
    const outcome = await endpoint.draft(request);
    const { record } = outcome;
    expect(record).toMatchObject({
      promptId: 'spec/note',
      promptVersion: 1,
      promptSha256: notePrompt.sha256,
      modelConfigured: 'rehearsal-deepseek',
      modelAnswered: 'rehearsal-deepseek',
      rehearsal: true,
      parameters: { temperature: 0, maxTokens: 500, structuredMode: 'json_schema', thinking: 'default' },
      inputSha256: sha256(input),
      repairs: [],
      validatorVersion: 'structure/2',
      raw: [{ content: JSON.stringify(note), reasoning: '' }],
    });
    expect(record.rawSha256).toEqual(record.raw.map(rawSha256));
    expect(record.attempts).toEqual([
      expect.objectContaining({ outcome: 'valid', finishReason: 'stop', structuredMode: 'json_schema' }),
    ]);
    const [attempt] = record.attempts;
    for (const count of [
      attempt?.promptTokens,
      attempt?.completionTokens,
      attempt?.firstTokenMs,
      attempt?.durationMs,
    ]) {
      expect(count).toEqual(expect.any(Number));
    }
    expect(capabilityProfileSchema.parse(record.profile)).toMatchObject({ structuredModeProven: true });
  });

  it('is there for a failure too, with what had come', async () => {
    const { endpoint } = await start();
    const outcome = await endpoint.draft({ ...request, headers: { 'x-rehearsal-fault': 'stream-cut' } });
    expect(outcome).toMatchObject({
      ok: false,
      record: { attempts: [{ outcome: 'connection-lost', finishReason: null }] },
    });
    expect(outcome.record.raw[0]?.content.length).toBeGreaterThan(0);
  });

  it('sends the same system message every time', async () => {
    const bodies: string[] = [];
    const { endpoint } = await start({ onRequest: ({ body }) => bodies.push(body) });
    await endpoint.draft(request);
    await endpoint.draft({ ...request, input: '{"complaint":"头痛"}', maxTokens: 300 });
    const systems = bodies.map(
      (body) => (JSON.parse(body) as { messages: { content: string }[] }).messages[0]?.content,
    );
    expect(systems).toEqual([notePrompt.system, notePrompt.system]);
  });
});

describe('re-asks (L-5)', () => {
  it('are two at most when the model is always wrong, and hold paths only', async () => {
    const bodies: string[] = [];
    const { endpoint, server } = await start({ onRequest: ({ body }) => bodies.push(body) });
    const outcome = await endpoint.draft({ ...request, headers: { 'x-rehearsal-fault': 'invalid-schema' } });
    expect(outcome).toMatchObject({ ok: false, code: 'MODEL_BAD_ANSWER', reason: 'schema', retryable: false });
    expect(server.received()).toBe(3);
    expect(outcome.record.attempts).toHaveLength(3);
    expect(outcome.record.raw).toHaveLength(3);
    expect(bodies[1]).toContain('$.level');
    expect(bodies[1]).not.toContain('unexpected');
  });

  it('end with the first good answer', async () => {
    const { endpoint, server } = await start();
    server.setFault('prose', 1);
    const outcome = await endpoint.draft(request);
    expect(outcome).toMatchObject({ ok: true, value: note, repaired: null });
    expect(outcome.record.attempts.map((attempt) => attempt.outcome)).toEqual(['syntax', 'valid']);
  });

  it.each([
    'finish-length',
    'think-unclosed',
    'tool-call',
    'html-200',
    'stream-no-finish',
    'echo-503',
    'echo-400',
  ] as const)('are not made after %s', async (fault) => {
    const profile = { ...unprobedProfile, structuredModeProven: true };
    const { endpoint, server } = await start({}, { profile });
    expect(await endpoint.draft({ ...request, headers: { 'x-rehearsal-fault': fault } })).toMatchObject({ ok: false });
    expect(server.received()).toBe(1);
  });

  it('share the one total deadline', async () => {
    const deadlines = { firstTokenMs: 600, gapMs: 300, totalMs: 1000 };
    const { endpoint, server } = await start({ latencyMs: 450 }, { deadlines });
    server.setFault('prose', 1);
    const startedAt = performance.now();
    const headers = { 'x-rehearsal-fault': 'stream-drip' };
    expect(await endpoint.draft({ ...request, headers })).toMatchObject({ ok: false, reason: 'total' });
    expect(performance.now() - startedAt).toBeLessThan(1500);
    server.setFault('prose', 1);
    expect(await endpoint.draft(request)).toMatchObject({ ok: true });
  });
});

describe('waiting', () => {
  it('beats while there is nothing, and stops with the draft', async () => {
    const { endpoint } = await start({}, { progressEveryMs: 50 });
    let beats = 0;
    await endpoint.draft({ ...request, headers: { 'x-rehearsal-fault': 'slow' }, onProgress: () => (beats += 1) });
    expect(beats).toBeGreaterThanOrEqual(4);
    const after = beats;
    await sleep(150);
    expect(beats).toBe(after);
  });

  it('ends when the caller leaves, and frees the slot', async () => {
    const { endpoint } = await start({}, { slots: { running: 1, waiting: 1 } });
    const caller = new AbortController();
    const drafting = endpoint.draft({
      ...request,
      headers: { 'x-rehearsal-fault': 'black-hole' },
      signal: caller.signal,
    });
    await sleep(50);
    caller.abort();
    expect(await drafting).toMatchObject({ ok: false, code: 'MODEL_CANCELLED', reason: 'cancelled', retryable: false });
    expect(endpoint.status()).toMatchObject({ slots: { running: 0, waiting: 0 }, breaker: 'closed' });
  });

  it('throws what onProgress throws, and frees the slot', async () => {
    const { endpoint } = await start({}, { progressEveryMs: 20 });
    const onProgress = (): void => {
      throw new Error('activity is gone');
    };
    const drafting = endpoint.draft({ ...request, headers: { 'x-rehearsal-fault': 'black-hole' }, onProgress });
    await expect(drafting).rejects.toThrow('activity is gone');
    await sleep(20);
    expect(endpoint.status().slots).toEqual({ running: 0, waiting: 0 });
  });

  it('is for a slot too, in a line that can be full', async () => {
    const { endpoint, server } = await start({ latencyMs: 100 }, { slots: { running: 2, waiting: 3 } });
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => endpoint.draft(request)));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(5);
    for (const outcome of outcomes.filter(({ ok }) => !ok)) {
      expect(outcome).toMatchObject({ code: 'MODEL_BUSY', reason: 'queue-full', retryable: true });
    }
    expect(server.received()).toBe(5);
  });
});

describe('a draft that had to wait for a slot', () => {
  it('has its whole time from then on', async () => {
    const deadlines = { firstTokenMs: 1000, gapMs: 1000, totalMs: 1000 };
    const { endpoint } = await start({ latencyMs: 600 }, { deadlines, slots: { running: 1, waiting: 1 } });
    const outcomes = await Promise.all([endpoint.draft(request), endpoint.draft(request)]);
    expect(outcomes).toMatchObject([{ ok: true }, { ok: true }]);
  });

  it('waits no longer than a draft may take', async () => {
    const deadlines = { firstTokenMs: 300, gapMs: 300, totalMs: 300 };
    const { endpoint, server } = await start({ latencyMs: 200 }, { deadlines, slots: { running: 1, waiting: 2 } });
    const outcomes = await Promise.all([1, 2, 3].map(() => endpoint.draft(request)));
    expect(outcomes).toMatchObject([{ ok: true }, { ok: true }, { ok: false, reason: 'total' }]);
    expect(server.received()).toBe(2);
    expect(endpoint.status().slots).toEqual({ running: 0, waiting: 0 });
  });
});

describe('the breaker of an endpoint', () => {
  it('lets a storm of 429 with Retry-After 120 through once per slot, then nobody (L-4)', async () => {
    const { endpoint, server } = await start({}, { slots: { running: 4, waiting: 64 } });
    server.setFault('rate-limit-120');
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => endpoint.draft(request)));
    expect(server.received()).toBeLessThanOrEqual(4);
    expect(outcomes.every(({ ok }) => !ok)).toBe(true);
    const turnedAway = outcomes.filter((outcome) => !outcome.ok && outcome.reason === 'breaker-open');
    expect(turnedAway.length).toBeGreaterThanOrEqual(46);
    for (const outcome of turnedAway) if (!outcome.ok) expect(outcome.retryAfterMs).toBeGreaterThan(60_000);
    expect(endpoint.status()).toMatchObject({ breaker: 'open' });
  });

  it('opens after five failures and closes again with a good probe', async () => {
    const states: string[] = [];
    const { endpoint, server } = await start(
      {},
      {
        breaker: { failures: 5, openMs: 100, maxOpenMs: 100 },
        onEvent: (event) => event.kind === 'breaker' && states.push(event.state),
      },
    );
    server.setFault('echo-503');
    for (let time = 0; time < 9; time += 1) await endpoint.draft(request);
    expect(server.received()).toBe(5);
    server.setFault(null);
    await sleep(120);
    expect(await endpoint.draft(request)).toMatchObject({ ok: true });
    expect(endpoint.status().breaker).toBe('closed');
    expect(states).toEqual(['open', 'closed']);
  });

  it('stays closed for a model that answers nonsense', async () => {
    const { endpoint, server } = await start();
    server.setFault('prose');
    for (let time = 0; time < 6; time += 1) await endpoint.draft(request);
    expect(endpoint.status().breaker).toBe('closed');
  });
});

describe('events', () => {
  it('carry tokens and times of each attempt and draft, and the slots', async () => {
    const events: ModelEvent[] = [];
    const { endpoint } = await start({}, { onEvent: (event) => events.push(event) });
    await endpoint.draft(request);
    expect(events.map(({ kind }) => kind)).toEqual(['slots', 'attempt', 'profile', 'slots', 'draft']);
    expect(events.at(-1)).toMatchObject({ kind: 'draft', outcome: 'valid', attempts: 1, promptId: 'spec/note' });
    const draft = events.at(-1);
    expect(draft?.kind === 'draft' ? draft.promptTokens : 0).toBeGreaterThan(0);
    expect(JSON.stringify(events)).not.toContain('胸口闷痛');
  });
});
