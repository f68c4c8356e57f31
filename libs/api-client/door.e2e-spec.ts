import { randomBytes } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { done, openDoor, openMachineDoor, signIn } from './door';

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

describe('the client of the API', () => {
  let server: Server;
  let url: string;
  const asked: Asked[] = [];
  let answer = { status: 200, body: '{}', cookie: '' };
  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (data: Buffer) => (body += data.toString()));
      request.on('end', () => {
        asked.push({ method: request.method!, url: request.url!, headers: request.headers, body });
        if (answer.cookie) response.setHeader('set-cookie', `${answer.cookie}; Path=/; Secure`);
        response.writeHead(answer.status).end(answer.body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());
  beforeEach(() => {
    asked.length = 0;
    answer = { status: 200, body: '{}', cookie: '' };
  });

  it('signs in, and sends cookie and CSRF token from then on', async () => {
    answer = { status: 200, body: '{"csrfToken":"c"}', cookie: '__Host-countersign=t' };
    const door = await signIn(url, { login: 'nurse1', password: 'secret' });
    expect(JSON.parse(asked[0]!.body)).toEqual({ login: 'nurse1', password: 'secret' });
    await door.ask('post', '/api/triage/resus', { body: { wardId: 'w' } });
    expect(asked[1]!.headers).toMatchObject({ cookie: '__Host-countersign=t', 'x-csrf-token': 'c' });
    await door.close();
  });

  it('lets nobody in without a session', async () => {
    answer = { status: 401, body: '{"code":"UNAUTHENTICATED"}', cookie: '' };
    await expect(signIn(url, { login: 'nurse1', password: 'x' })).rejects.toThrow('401');
  });

  it('fills the path, and names version and key of a change; a read has none', async () => {
    const door = openMachineDoor(url, 'cs_token');
    const id = 'a b';
    await door.ask('post', '/api/triage/cases/{id}/moves', {
      path: { id },
      version: 3,
      key: 'my-own-key',
      body: { move: 'see' },
    });
    await door.ask('get', '/api/triage/queue', { query: { masked: 'true' } });
    expect(asked[0]).toMatchObject({ method: 'POST', url: '/api/triage/cases/a%20b/moves', body: '{"move":"see"}' });
    expect(asked[0]!.headers).toMatchObject({
      'if-match': '"3"',
      'idempotency-key': 'my-own-key',
      authorization: 'Bearer cs_token',
    });
    expect(asked[1]).toMatchObject({ method: 'GET', url: '/api/triage/queue?masked=true', body: '' });
    expect(asked[1]!.headers).not.toHaveProperty('idempotency-key');
    await door.close();
  });

  it('gives every change a key of its own', async () => {
    const door = openDoor(url);
    for (let time = 0; time < 2; time++) await door.ask('post', '/api/reviews/{id}/claim', { path: { id: '1' } });
    const keys = asked.map(({ headers }) => headers['idempotency-key']);
    expect(new Set(keys).size).toBe(2);
    await door.close();
  });

  it('answers a refusal as a value with its code, and `done` throws it', async () => {
    answer = { status: 409, body: '{"code":"STALE_FACTS","facts":["f"]}', cookie: '' };
    const door = openDoor(url);
    const reply = await door.ask('get', '/api/triage/queue');
    expect(reply).toEqual({ ok: false, status: 409, problem: { code: 'STALE_FACTS', facts: ['f'] } });
    expect(() => done(reply)).toThrow('409');
    answer = { status: 204, body: '', cookie: '' };
    expect(done(await door.ask('post', '/api/auth/logout'))).toBeNull();
    await door.close();
  });

  it('sends HL7 as it is, and answers its acknowledgement', async () => {
    const text = `MSH|^~\\&|HIS|${randomBytes(3).toString('hex')}\rPID|张伟\r`;
    answer = { status: 200, body: 'MSH|x\rMSA|AA|1\r', cookie: '' };
    const door = openMachineDoor(url, 'cs_token');
    expect(await door.hl7(text)).toEqual({ status: 200, text: answer.body });
    expect(asked[0]).toMatchObject({ url: '/api/interop/hl7v2', body: text });
    expect(asked[0]!.headers['content-type']).toContain('application/hl7-v2');
    await door.close();
  });

  it('reaches an API again after it was away', async () => {
    const door = openDoor(url);
    await door.ask('get', '/api/triage/queue');
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    await expect(door.ask('get', '/api/triage/queue')).rejects.toThrow();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    expect((await door.ask('get', '/api/triage/queue')).ok).toBe(true);
    await door.close();
  });
});
