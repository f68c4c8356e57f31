import { type ModelEvent } from './events';
import { unprobedProfile } from './profile';
import { type RehearsalFault } from './rehearsal/faults';
import { input, note, notePrompt, type Rehearsal, SCALED_DEADLINES, startRehearsal } from './testing';

const request = { prompt: notePrompt, input, maxTokens: 500 };

let rehearsal: Rehearsal | undefined;
const start = async (...parts: Parameters<typeof startRehearsal>): Promise<Rehearsal> =>
  (rehearsal = await startRehearsal(...parts));
afterEach(async () => {
  await rehearsal?.close();
  rehearsal = undefined;
});

describe('the probe', () => {
  it('finds the best mode, models, context, health and usage of an endpoint', async () => {
    const { endpoint } = await start();
    const outcome = await endpoint.probe();
    expect(outcome).toMatchObject({
      ok: true,
      profile: {
        structuredMode: 'json_schema',
        structuredModeProven: true,
        healthPath: '/health',
        models: 'listed',
        contextSize: 65_536,
        streamUsage: true,
        usageFields: ['prompt_tokens', 'completion_tokens', 'total_tokens'],
      },
    });
    expect(endpoint.status().profile).toEqual(outcome.ok ? outcome.profile : null);
    expect(JSON.parse(JSON.stringify(endpoint.status().profile))).toEqual(endpoint.status().profile);
  });

  it.each([
    [['json_schema'], 'structured_outputs'],
    [['json_schema', 'structured_outputs'], 'json_object'],
    [['json_schema', 'structured_outputs', 'json_object'], 'prompt'],
  ] as const)('passes over %j to %s', async (refuseModes, structuredMode) => {
    const { endpoint } = await start({ refuseModes, refuseStreamOptions: true });
    expect(await endpoint.probe()).toMatchObject({ ok: true, profile: { structuredMode, streamUsage: false } });
    expect(await endpoint.draft(request)).toMatchObject({ ok: true, value: note });
  });

  it('goes on to a plainer mode when the answer in one is unusable', async () => {
    const { endpoint, server } = await start();
    server.setFault('null-content', 1);
    expect(await endpoint.probe()).toMatchObject({ ok: true, profile: { structuredMode: 'structured_outputs' } });
  });

  it('fails as a value when nobody answers, and within its deadlines', async () => {
    const { endpoint, server } = await start({}, { deadlines: SCALED_DEADLINES });
    server.setFault('headers-silence');
    expect(await endpoint.probe()).toMatchObject({ ok: false, code: 'MODEL_TIMEOUT', reason: 'first-token' });
    await server.close();
    expect(await endpoint.probe()).toMatchObject({ ok: false, code: 'MODEL_UNREACHABLE', retryable: true });
  });

  it('sees thinking in the content', async () => {
    const { endpoint, server } = await start();
    server.setFault('think-block', 1);
    expect(await endpoint.probe()).toMatchObject({ ok: true, profile: { reasoningField: 'think' } });
  });

  it('looks for the switch when thinking is to be off, and uses it', async () => {
    const bodies: string[] = [];
    const { endpoint, server } = await start({ onRequest: ({ body }) => bodies.push(body) }, { thinking: 'off' });
    server.setFault('think-block', 2);
    expect(await endpoint.probe()).toMatchObject({ ok: true, profile: { thinkingSwitch: 'chat_template_kwargs' } });
    expect(await endpoint.draft(request)).toMatchObject({ ok: true, record: { parameters: { thinking: 'off' } } });
    expect(bodies.at(-1)).toContain('"chat_template_kwargs"');
  });
});

describe('a refused parameter without a probe', () => {
  it('is given up for good, and costs no re-ask', async () => {
    const events: ModelEvent[] = [];
    const { endpoint, server } = await start(
      { refuseModes: ['json_schema', 'structured_outputs'] },
      { onEvent: (event) => events.push(event) },
    );
    const first = await endpoint.draft(request);
    expect(first).toMatchObject({ ok: true, record: { parameters: { structuredMode: 'json_object' } } });
    expect(server.received()).toBe(3);
    await endpoint.draft(request);
    expect(server.received()).toBe(4);
    expect(events.filter(({ kind }) => kind === 'profile')).toHaveLength(1);
  });

  it('is not guessed from a refusal that is about the request', async () => {
    const { endpoint } = await start();
    const headers = { 'x-rehearsal-fault': 'echo-400' satisfies RehearsalFault };
    expect(await endpoint.draft({ ...request, headers })).toMatchObject({ ok: false, reason: 'request-refused' });
    expect(endpoint.status().profile).toEqual(unprobedProfile);
  });
});
