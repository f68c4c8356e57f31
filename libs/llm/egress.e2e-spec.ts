import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import OpenAI from 'openai';
import { createModelEndpoint, type ModelEndpoint, type ModelEndpointOptions } from './endpoint';
import { CANARY, input, notePrompt, ROOMY_DEADLINES, startRehearsal } from './testing';

/** A server that counts what reaches it. */
interface Sink {
  port: number;
  connections: number;
  bytes: number;
  text: string;
  close(): Promise<void>;
}

const startSink = async (answer?: (request: IncomingMessage, response: ServerResponse) => void): Promise<Sink> => {
  const server: Server = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => {
      sink.bytes += chunk.length;
      sink.text += chunk.toString('utf8');
    });
    request.on('end', () => (answer ?? ((_request, reply) => reply.end('{}')))(request, response));
  });
  const sink: Sink = {
    port: 0,
    connections: 0,
    bytes: 0,
    text: '',
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  server.on('connection', () => (sink.connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  sink.port = (server.address() as AddressInfo).port;
  return sink;
};

const endpointAt = (baseUrl: string, options: Partial<ModelEndpointOptions> = {}): ModelEndpoint =>
  createModelEndpoint({ baseUrl, model: 'deepseek', deadlines: ROOMY_DEADLINES, apiKey: 'sk-secret', ...options });

const reasonFrom = async (endpoint: ModelEndpoint): Promise<string> => {
  const outcome = await endpoint.draft({ prompt: notePrompt, input, maxTokens: 100 });
  await endpoint.close();
  return outcome.ok ? 'ok' : `${outcome.code} ${outcome.reason}`;
};

describe('redirects (A-8)', () => {
  let sink: Sink;
  let redirector: Sink;
  let status = 307;

  beforeAll(async () => {
    sink = await startSink();
    redirector = await startSink((_request, response) => {
      response.writeHead(status, { location: `http://127.0.0.2:${sink.port}/v1/chat/completions` });
      response.end();
    });
  });
  afterAll(async () => {
    await redirector.close();
    await sink.close();
  });

  it.each([301, 302, 303, 307, 308])('of status %d are refused, and their target hears nothing', async (code) => {
    status = code;
    const before = redirector.bytes;
    expect(await reasonFrom(endpointAt(`http://127.0.0.1:${redirector.port}/v1`))).toBe('MODEL_REFUSED redirected');
    expect(redirector.bytes).toBeGreaterThan(before);
    expect({ connections: sink.connections, bytes: sink.bytes }).toEqual({ connections: 0, bytes: 0 });
  });

  it('would be followed by the client as it comes, with the patient’s text', async () => {
    const target = await startSink();
    const source = await startSink((_request, response) => {
      response.writeHead(307, { location: `http://127.0.0.1:${target.port}/v1/chat/completions` });
      response.end();
    });
    const client = new OpenAI({ baseURL: `http://127.0.0.1:${source.port}/v1`, apiKey: 'x', maxRetries: 0 });
    await client.chat.completions.create({ model: 'm', messages: [{ role: 'user', content: input }] });
    expect(target.text).toContain(CANARY);
    await source.close();
    await target.close();
  });
});

describe('names that resolve elsewhere (A-8)', () => {
  it('are connected at the address that was checked, asked once per connection', async () => {
    let asked = 0;
    const resolve = async () => [{ address: ++asked === 1 ? '127.0.0.1' : '8.8.8.8', family: 4 }];
    const { server, close } = await startRehearsal();
    const endpoint = endpointAt(`http://model.hospital.cn:${server.port}/v1`, { resolve, model: server.model });
    const outcome = await endpoint.draft({ prompt: notePrompt, input, maxTokens: 100 });
    expect(outcome.ok).toBe(true);
    expect(asked).toBe(1);
    await endpoint.close();
    await close();
  });

  it('are refused when the answer turns public, and nothing is sent', async () => {
    const sink = await startSink();
    const resolve = async () => [
      { address: '127.0.0.1', family: 4 },
      { address: '203.0.113.7', family: 4 },
    ];
    const endpoint = endpointAt(`http://model.hospital.cn:${sink.port}/v1`, { resolve });
    expect(await reasonFrom(endpoint)).toBe('EGRESS_REFUSED address-refused');
    expect(sink.connections).toBe(0);
    await sink.close();
  });

  it('do not open the breaker, and are refused by a probe too', async () => {
    const resolve = async () => [{ address: '203.0.113.7', family: 4 }];
    const endpoint = endpointAt('http://model.hospital.cn/v1', { resolve });
    for (let time = 0; time < 7; time += 1) await endpoint.draft({ prompt: notePrompt, input, maxTokens: 100 });
    expect(endpoint.status().breaker).toBe('closed');
    expect(await endpoint.probe()).toMatchObject({ ok: false, code: 'EGRESS_REFUSED', reason: 'address-refused' });
    await endpoint.close();
  });

  it('that do not resolve are unreachable', async () => {
    const endpoint = endpointAt('http://model.invalid/v1', { resolve: async () => [] });
    expect(await reasonFrom(endpoint)).toBe('MODEL_UNREACHABLE unreachable');
  });
});

describe('addresses refused at the start (A-8)', () => {
  it('give an endpoint that says so, sends nothing and shows no address', async () => {
    const endpoint = endpointAt('http://user:hunter2@127.0.0.1:1/v1');
    expect(await endpoint.probe()).toMatchObject({ ok: false, code: 'EGRESS_REFUSED', reason: 'url-credentials' });
    expect(endpoint.status()).toMatchObject({ refused: 'url-credentials', origin: null });
    expect(JSON.stringify(endpoint.status())).not.toContain('hunter2');
    expect(await reasonFrom(endpoint)).toBe('EGRESS_REFUSED url-credentials');
  });
});

describe('the environment (A-8)', () => {
  const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'];
  const settings = [
    'NODE_USE_ENV_PROXY',
    'OPENAI_BASE_URL',
    'OPENAI_API_KEY',
    'OPENAI_ORG_ID',
    'OPENAI_CUSTOM_HEADERS',
  ];
  const before = new Map([...names, ...settings].map((name) => [name, process.env[name]]));

  afterEach(() => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });

  it('gives neither a proxy nor an address, key, organisation or header', async () => {
    const proxy = await startSink();
    names.forEach((name) => (process.env[name] = `http://127.0.0.1:${proxy.port}`));
    process.env['NODE_USE_ENV_PROXY'] = '1';
    process.env['OPENAI_BASE_URL'] = `http://127.0.0.1:${proxy.port}/v1`;
    process.env['OPENAI_API_KEY'] = 'sk-environment';
    process.env['OPENAI_ORG_ID'] = 'org-environment';
    process.env['OPENAI_CUSTOM_HEADERS'] = 'x-environment: yes';
    const seen: Record<string, unknown>[] = [];
    const { endpoint, close } = await startRehearsal({ onRequest: ({ headers }) => seen.push(headers) });
    const outcome = await endpoint.draft({
      prompt: notePrompt,
      input,
      maxTokens: 100,
      headers: { 'x-request-id': 'r1' },
    });
    expect(outcome.ok).toBe(true);
    expect(proxy.connections).toBe(0);
    expect(JSON.stringify(seen)).not.toContain('environment');
    expect(Object.keys(seen[0] ?? {}).toSorted()).toEqual(
      expect.arrayContaining(['accept', 'content-type', 'x-request-id']),
    );
    expect(seen[0]).not.toHaveProperty('authorization');
    expect(Object.keys(seen[0] ?? {}).filter((name) => name.startsWith('x-stainless'))).toEqual([]);
    await close();
    await proxy.close();
  });
});
