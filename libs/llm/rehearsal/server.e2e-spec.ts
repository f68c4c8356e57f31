import OpenAI from 'openai';
import { note, noteDrafters, notePrompt } from '../testing';
import { type RehearsalOptions, type RehearsalServer, startRehearsalServer } from './server';

let server: RehearsalServer;
const start = async (options: Partial<RehearsalOptions> = {}): Promise<RehearsalServer> =>
  (server = await startRehearsalServer({ drafters: noteDrafters, ...options }));
afterEach(() => server.close());

const messages = [
  { role: 'system' as const, content: notePrompt.system },
  { role: 'user' as const, content: '{"complaint":"胸痛"}' },
];
const post = async (body: unknown, headers: Record<string, string> = {}): Promise<{ status: number; text: string }> => {
  const response = await fetch(`${server.baseUrl}/chat/completions`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers,
  });
  return { status: response.status, text: await response.text() };
};

describe('the rehearsal server', () => {
  it('is an OpenAI endpoint to the OpenAI client, streamed and not', async () => {
    await start();
    const client = new OpenAI({ baseURL: server.baseUrl, apiKey: 'none', maxRetries: 0 });
    const params = { model: server.model, messages };
    const whole = await client.chat.completions.create(params);
    expect(JSON.parse(whole.choices[0]?.message.content ?? '')).toEqual(note);
    expect(whole).toMatchObject({ model: 'rehearsal-deepseek', choices: [{ finish_reason: 'stop' }] });
    expect(whole.usage?.total_tokens).toBeGreaterThan(10);
    const stream = await client.chat.completions.create({
      ...params,
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks: OpenAI.ChatCompletionChunk[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    const streamed = chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('');
    expect(JSON.parse(streamed)).toEqual(note);
    expect(chunks.length).toBeGreaterThan(5);
    expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('stop');
    expect(chunks.at(-1)?.usage).toEqual(whole.usage);
    expect(server.received()).toBe(2);
  });

  it('lists its one model, says that it is well, and knows nothing else', async () => {
    await start({ model: 'rehearsal-x' });
    const origin = server.baseUrl.replace('/v1', '');
    const models = (await (await fetch(`${server.baseUrl}/models`)).json()) as { data: { id: string }[] };
    expect(models.data.map(({ id }) => id)).toEqual(['rehearsal-x']);
    expect(await (await fetch(`${origin}/health`)).json()).toEqual({ status: 'ok', rehearsal: true });
    expect((await fetch(`${origin}/v1/completions`, { method: 'POST', body: '{}' })).status).toBe(404);
    expect((await fetch(`${origin}/`)).status).toBe(404);
  });

  it('refuses a name that hides what it is', async () => {
    await start();
    await expect(startRehearsalServer({ drafters: {}, model: 'deepseek-v4' })).rejects.toThrow('rehearsal');
  });

  it('answers a bad request in OpenAI’s shape, and lives on', async () => {
    await start({
      drafters: {
        ...noteDrafters,
        spec_broken: () => {
          throw new Error('甄患者');
        },
      },
    });
    const { model } = server;
    expect((await post('no json')).status).toBe(400);
    expect((await post({ model })).status).toBe(400);
    expect((await post({ model: 'other', messages })).status).toBe(404);
    expect((await post(`"${'x'.repeat(5_000_000)}"`)).status).toBe(413);
    const unknown = await post({ model, messages: [{ role: 'user', content: '{}' }] });
    expect(unknown).toMatchObject({ status: 400 });
    expect(JSON.parse(unknown.text)).toMatchObject({
      error: { code: 'unknown_schema', type: 'invalid_request_error' },
    });
    const broken = await post({ model, messages: [{ role: 'system', content: 'schema: spec_broken' }, messages[1]] });
    expect(broken.status).toBe(500);
    expect(broken.text).not.toContain('甄患者');
    expect((await post({ model, messages })).status).toBe(200);
  });

  it('fails by header only where that was allowed', async () => {
    const headers = { 'x-rehearsal-fault': 'echo-503' };
    await start();
    expect((await post({ model: server.model, messages }, headers)).status).toBe(200);
    await server.close();
    await start({ allowFaults: true });
    expect((await post({ model: server.model, messages }, headers)).status).toBe(503);
    expect((await post({ model: server.model, messages }, { 'x-rehearsal-fault': 'toString' })).status).toBe(200);
  });

  it('fails as often as told', async () => {
    await start();
    const status = async (): Promise<number> => (await post({ model: server.model, messages })).status;
    server.setFault('echo-503', 2);
    expect([await status(), await status(), await status()]).toEqual([503, 503, 200]);
    server.setFault('echo-503');
    expect([await status(), await status()]).toEqual([503, 503]);
    server.setFault(null);
    expect(await status()).toBe(200);
  });

  it('takes its time where told', async () => {
    await start({ latencyMs: 150 });
    const startedAt = performance.now();
    await post({ model: server.model, messages });
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(140);
  });
});
