import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { createModelEndpoint } from './endpoint';
import { unprobedProfile } from './profile';
import { definePrompt } from './prompt';
import { ROOMY_DEADLINES } from './testing';

const root = join(process.env['COUNTERSIGN_DATA_DIR'] ?? join(__dirname, '../../../shared/data'), 'llm');
const present = existsSync(root);
if (!present) process.stderr.write('shared data not found: set COUNTERSIGN_DATA_DIR\n');

/** One recorded answer. */
interface Recorded {
  status: number;
  contentType: string;
  body: string;
  retryAfter?: string;
}

const interactionSchema = z.object({
  request: z.object({ uri: z.string() }),
  response: z.object({
    status: z.object({ code: z.number() }),
    headers: z.record(z.string(), z.array(z.string())).optional(),
    parsed_body: z.unknown().optional(),
    body: z.object({ string: z.string() }).optional(),
  }),
});

const fromInteraction = (raw: unknown): Recorded => {
  const { response } = interactionSchema.parse(raw);
  const body = response.body?.string ?? JSON.stringify(response.parsed_body);
  const stream = /^(data|event|:)/m.test(body.slice(0, 40));
  const retryAfter = response.headers?.['retry-after']?.[0];
  return {
    status: response.status.code,
    contentType: stream ? 'text/event-stream; charset=utf-8' : 'application/json',
    body,
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
};

const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const cassette = (file: string): Recorded[] =>
  z
    .object({ interactions: z.array(z.unknown()) })
    .parse(JSON.parse(read(file)))
    .interactions.map(fromInteraction);
const whole = (file: string): Recorded[] => [{ status: 200, contentType: 'application/json', body: read(file) }];
const chunks = (file: string): Recorded[] => {
  const lines = read(file)
    .split('\n')
    .filter((line) => line.trim() !== '');
  const body = `${lines.map((line) => `data: ${line}`).join('\n\n')}\n\ndata: [DONE]\n\n`;
  return [{ status: 200, contentType: 'text/event-stream', body }];
};
const load = (file: string): Recorded[] => {
  if (file.endsWith('.chunks.txt')) return chunks(file);
  return file.startsWith('deepseek_vercel/') ? whole(file) : cassette(file);
};

const weather = definePrompt({
  id: 'spec/weather',
  version: 1,
  instructions: 'x',
  schema: z.strictObject({ location: z.string(), condition: z.string(), temperature: z.number() }),
  schemaName: 'spec_weather',
});

/** What each recording is, by the data's README: one word per answer. */
const expectations: Readonly<Record<string, readonly string[]>> = {
  'deepseek_vercel/deepseek-json.json': ['valid'],
  'deepseek_vercel/deepseek-reasoning.json': ['syntax'],
  'deepseek_vercel/deepseek-text.json': ['truncated'],
  'deepseek_vercel/deepseek-tool-call.json': ['tool-call'],
  'deepseek_vercel/deepseek-reasoning.chunks.txt': ['syntax'],
  'deepseek_vercel/deepseek-text.chunks.txt': ['truncated'],
  'deepseek_vercel/deepseek-tool-call.chunks.txt': ['tool-call'],
  'deepseek_pydantic/chat-deferred-capability-with-thinking.json': ['tool-call', 'tool-call', 'syntax'],
  'deepseek_pydantic/chat-model-thinking-part.json': ['syntax'],
  'deepseek_pydantic/chat-model-thinking-stream.json': ['syntax'],
  'other/max-completion-tokens.json': ['truncated'],
  'other/model-name-suggestion-openai-chat.json': ['not-found'],
  'other/openrouter-errors-raised.json': ['rate-limited', 'rate-limited', 'rate-limited'],
  'other/openrouter-stream-error.json': ['error-in-answer'],
  'other/tool-use-failed-error.json': ['request-refused', 'tool-call', 'syntax'],
};

(present ? describe : describe.skip)('recorded answers of real endpoints', () => {
  let server: Server;
  let answer: Recorded;
  let requests = 0;

  beforeAll(async () => {
    server = createServer((request, response) => {
      requests += 1;
      request.resume();
      const retry = answer.retryAfter === undefined ? {} : { 'retry-after': answer.retryAfter };
      response.writeHead(answer.status, { 'content-type': answer.contentType, ...retry });
      response.end(answer.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const classify = async (
    recorded: Recorded,
  ): Promise<{ name: string; requests: number; shown: string; raw: string }> => {
    answer = recorded;
    requests = 0;
    const endpoint = createModelEndpoint({
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
      model: 'deepseek',
      deadlines: ROOMY_DEADLINES,
      profile: { ...unprobedProfile, structuredModeProven: true },
    });
    const outcome = await endpoint.draft({ prompt: weather, input: '{}', maxTokens: 400 });
    await endpoint.close();
    const name = !outcome.ok ? outcome.reason : outcome.repaired === null ? 'valid' : 'repaired';
    const { raw, ...rest } = outcome.record;
    return { name, requests, shown: JSON.stringify({ ...outcome, record: rest }), raw: JSON.stringify(raw) };
  };

  it('are all accounted for', () => {
    const folders = ['deepseek_vercel', 'deepseek_pydantic', 'other'];
    const files = folders.flatMap((folder) => readdirSync(join(root, folder)).map((file) => `${folder}/${file}`));
    const responses = files.filter((file) => file.includes('/responses-'));
    expect(files.toSorted()).toEqual([...Object.keys(expectations), ...responses].toSorted());
    expect(responses).toHaveLength(11);
  });

  it.each(Object.entries(expectations))('%s are %j', async (file, names) => {
    const seen = [];
    for (const recorded of load(file)) seen.push((await classify(recorded)).name);
    expect(seen).toEqual(names);
  });

  it('of /responses are refused as the wrong shape, streamed or not, once', async () => {
    const files = readdirSync(join(root, 'deepseek_pydantic')).filter((file) => file.startsWith('responses-'));
    const seen: string[] = [];
    for (const recorded of files.flatMap((file) => load(`deepseek_pydantic/${file}`))) {
      const { name, requests: asked } = await classify(recorded);
      seen.push(recorded.status === 200 ? name : `${recorded.status} ${name}`);
      expect(asked).toBe(1);
    }
    expect(new Set(seen)).toEqual(new Set(['wrong-shape', '400 request-refused']));
    expect(seen.length).toBeGreaterThanOrEqual(15);
  });

  it('never give thinking as a draft, nor show it', async () => {
    const [recorded] = load('deepseek_vercel/deepseek-reasoning.json');
    const { shown, raw } = await classify(recorded!);
    expect(raw).toContain('We are asked');
    expect(shown).not.toContain('strawberry');
  });

  it('of a cut think block are no draft and are not asked again', async () => {
    const [recorded] = load('other/max-completion-tokens.json');
    expect(await classify(recorded!)).toMatchObject({ name: 'truncated', requests: 1 });
  });

  const shapes = z.object({
    items: z.array(
      z.object({ id: z.string(), status: z.number(), body: z.unknown().optional(), body_raw: z.string().optional() }),
    ),
  });
  it('of the observed shapes end as their notes say', async () => {
    const { items } = shapes.parse(JSON.parse(read('observed_error_shapes.json')));
    const seen: Record<string, string> = {};
    for (const { id, status, body, body_raw } of items) {
      const contentType = id.includes('stream') ? 'text/event-stream' : 'application/json';
      seen[id] = (await classify({ status, contentType, body: body_raw ?? JSON.stringify(body) })).name;
    }
    expect(seen).toEqual({
      'deepseek-400-context': 'context-too-long',
      'deepseek-400-context-64k': 'context-too-long',
      'deepseek-200-blank-body': 'not-json',
      'deepseek-stream-keepalive': 'no-finish',
      'deepseek-402': 'payment-required',
    });
  });
});
