import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { execFile } from 'node:child_process';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
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

type SinkAnswer = (request: IncomingMessage, response: ServerResponse) => void;

const startSink = async (answer?: SinkAnswer, { host = '127.0.0.1', port = 0 } = {}): Promise<Sink> => {
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
  server.on('connect', (_request, socket) => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
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
    sink = await startSink(undefined, { host: '127.0.0.2' });
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
    const target = await startSink(undefined, { host: '127.0.0.2' });
    const source = await startSink((_request, response) => {
      response.writeHead(307, { location: `http://127.0.0.2:${target.port}/v1/chat/completions` });
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

describe('A-8: an address that is refused and yet leads to a server', () => {
  // 0.0.0.0 is never a model, and connecting to it reaches this machine: what leaked would be heard.
  const everywhere = [
    '0.0.0.0',
    '0',
    '0x0',
    '00.0.0.0',
    '000000000000',
    '0.0',
    '[::]',
    '[::ffff:0.0.0.0]',
    '[::ffff:0:0]',
  ];
  let sink: Sink;
  beforeAll(async () => (sink = await startSink()));
  afterAll(() => sink.close());

  it('is one: a client as it comes sends the patient’s text there', async () => {
    const client = new OpenAI({ baseURL: `http://0.0.0.0:${sink.port}/v1`, apiKey: 'x', maxRetries: 0 });
    await client.chat.completions.create({ model: 'm', messages: [{ role: 'user', content: input }] });
    expect(sink.text).toContain(CANARY);
  });

  it.each(everywhere)('gets no connection and no byte as %s', async (host) => {
    const before = { ...sink };
    expect(await reasonFrom(endpointAt(`http://${host}:${sink.port}/v1`))).toBe('EGRESS_REFUSED address-refused');
    expect(sink).toMatchObject({ connections: before.connections, bytes: before.bytes });
  });

  it('gets none as the user part of another', async () => {
    const before = { ...sink };
    const baseUrl = `http://10.0.0.8:8000@127.0.0.1:${sink.port}/v1`;
    expect(await reasonFrom(endpointAt(baseUrl))).toBe('EGRESS_REFUSED url-credentials');
    expect(sink).toMatchObject({ connections: before.connections, bytes: before.bytes });
  });

  it('gets none as a name that was rebound to it: the check is that of the connected socket', async () => {
    const good = await startSink((_request, response) => response.writeHead(503, { connection: 'close' }).end(), {
      host: '127.0.0.3',
      port: sink.port,
    });
    const before = { ...sink };
    let asked = 0;
    const resolve = async () => [{ address: ++asked === 1 ? '127.0.0.3' : '0.0.0.0', family: 4 }];
    const endpoint = endpointAt(`http://model.hospital.cn:${sink.port}/v1`, { resolve });
    const request = { prompt: notePrompt, input, maxTokens: 100 };
    expect(await endpoint.draft(request)).toMatchObject({ reason: 'server-error' });
    expect(good.text).toContain(CANARY);
    expect(await endpoint.draft(request)).toMatchObject({ code: 'EGRESS_REFUSED', reason: 'address-refused' });
    expect(asked).toBe(2);
    expect(sink).toMatchObject({ connections: before.connections, bytes: before.bytes });
    await endpoint.close();
    await good.close();
  });

  it('gets none as one of two answers, in either order', async () => {
    const before = { ...sink };
    const answers = [
      { address: '127.0.0.3', family: 4 },
      { address: '0.0.0.0', family: 4 },
    ];
    for (const order of [answers, answers.toReversed()]) {
      const endpoint = endpointAt(`http://model.hospital.cn:${sink.port}/v1`, { resolve: async () => order });
      expect(await reasonFrom(endpoint)).toBe('EGRESS_REFUSED address-refused');
    }
    expect(sink).toMatchObject({ connections: before.connections, bytes: before.bytes });
  });

  it('gets none as a look-alike of an allowed name', async () => {
    const before = { ...sink };
    const endpoint = endpointAt(`http://mоdel.hospital.cn:${sink.port}/v1`, {
      allowedOrigins: [`http://model.hospital.cn:${sink.port}`],
      resolve: async () => [{ address: '0.0.0.0', family: 4 }],
    });
    expect(await reasonFrom(endpoint)).toBe('EGRESS_REFUSED address-refused');
    expect(sink).toMatchObject({ connections: before.connections, bytes: before.bytes });
  });
});

describe('A-8: a proxy of the environment', () => {
  it('is not used by the model client, where Node itself uses it', async () => {
    const proxy = await startSink();
    const { server, close } = await startRehearsal();
    const address = `http://127.0.0.1:${proxy.port}`;
    const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'];
    const env = { PATH: process.env['PATH'], ...Object.fromEntries(names.map((name) => [name, address])) };
    const hook = join(__dirname, '../../test/support/typescript-hook.cjs');
    const script = join(__dirname, '../../test/support/draft-once.ts');
    const { stdout } = await promisify(execFile)(process.execPath, ['--require', hook, script, server.baseUrl], {
      env: { ...env, NODE_USE_ENV_PROXY: '1' },
    });
    expect(stdout.trim().split('\n')[0]).toBe('drafted');
    expect(proxy.text).not.toContain(CANARY);
    expect(proxy.connections).toBe(1); // Node's own fetch, which shows that the environment was in force
    await close();
    await proxy.close();
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
