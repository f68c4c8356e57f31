import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { type NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { startTestPostgres, type TestPostgres } from '../../../../test/support/embedded';
import { migrateTestDatabase, startTestApi, testApiConfig } from '../../../../test/support/test-api';
import { TestController, testPolicy } from '../../../../test/support/test-controller';
import { makeHospital } from '../../../../test/support/test-people';
import { plantSession, type TestSession } from '../../../../test/support/test-session';

const required: Readonly<Record<string, string | RegExp>> = {
  'content-security-policy': "default-src 'none';frame-ancestors 'none';base-uri 'none';form-action 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
  'x-request-id': /^[0-9a-f-]{36}$/,
};

const missingHeaders = (headers: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(required)
    .filter(([name, value]) => {
      const given = String(headers[name]);
      return typeof value === 'string' ? given !== value : !value.test(given);
    })
    .map(([name]) => name);

describe('A-4 every answer', () => {
  let postgres: TestPostgres;
  let app: NestExpressApplication;
  let url: string;
  let log: string[];
  let session: TestSession;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    await migrateTestDatabase(postgres.migrationUrl);
    const hospital = await makeHospital(postgres.migrationUrl);
    const nurse = await hospital.person('nurse', [['triage_nurse', null]]);
    const started = await startTestApi(testApiConfig(postgres.url), {
      controllers: [TestController],
      policy: testPolicy,
    });
    ({ app, url, log } = started);
    session = await plantSession(url, postgres.migrationUrl, nurse.id);
  });

  afterAll(async () => {
    await app?.close();
    await postgres?.stop();
  });

  const json = (body: string | Buffer, type = 'application/json') =>
    session.post('/api/test/things').set('idempotency-key', 'hardening-key').set('content-type', type).send(body);

  it('has every security header and no telling one, whatever its status', async () => {
    const answers = [
      await request(url).get('/healthz'),
      await request(url).get('/healthz/readiness'),
      await request(url).get('/api/openapi.json'),
      await session.get('/api/auth/session'),
      await session.get('/api/test/broken'),
      await request(url).get('/api/auth/session'),
      await request(url).get('/nothing'),
      await request(url).get('/api/%E0%A4%A'),
      await request(url).get('/api/admin/audit?limit=1&limit=2').set('cookie', session.cookie),
      await request(url).head('/healthz'),
      await request(url).options('/api/auth/login'),
      await request(url).post('/api/auth/logout').set('cookie', session.cookie),
      await json('{"text":'),
      await json('{"text":"a"}', 'text/plain'),
      await json('{"text":"a"}'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([
      200, 200, 200, 200, 500, 401, 404, 404, 400, 200, 404, 403, 400, 415, 201,
    ]);
    for (const { headers } of answers) {
      expect(missingHeaders(headers)).toEqual([]);
      expect([headers['x-powered-by'], headers['server'], headers['access-control-allow-origin']]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
    }
    const problems = answers.filter(({ status }) => status >= 400);
    for (const { headers, body } of problems) {
      expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
      expect(body.requestId).toBe(headers['x-request-id']);
    }
    expect(new Set(answers.map(({ headers }) => headers['x-request-id'])).size).toBe(answers.length);
  });

  it.each([
    ['not HTTP at all', 'NONSENSE\r\n\r\n', 400],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', 400],
    ['endless headers', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`, 431],
  ])('has them even to %s', async (_, text, status) => {
    const answer = await new Promise<string>((resolve, reject) => {
      let received = '';
      const { hostname, port } = new URL(url);
      const socket = connect(Number(port), hostname, () => socket.write(text));
      socket.setEncoding('utf8').on('data', (part: string) => (received += part));
      socket.on('close', () => resolve(received)).on('error', reject);
    });
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    const [line = '', ...lines] = head.split('\r\n');
    const headers = Object.fromEntries(lines.map((one) => [one.split(': ')[0]!.toLowerCase(), one.split(': ')[1]]));
    expect(line).toContain(String(status));
    expect(missingHeaders(headers)).toEqual([]);
    expect(JSON.parse(body)).toMatchObject({ code: 'VALIDATION_FAILED', requestId: headers['x-request-id'] });
  });

  it('carries a request id of ours, never the caller’s', async () => {
    const planted = '00000000-0000-7000-8000-000000000000';
    const answer = await request(url).get('/healthz').set('x-request-id', planted);
    expect(answer.headers['x-request-id']).not.toBe(planted);
    expect(log.join('')).not.toContain(planted);
  });

  it.each([
    ['a prototype', '{"text":"a","__proto__":{"admin":true}}', 'key not allowed'],
    ['a nested prototype', '{"text":"a","b":[{"__proto__":1}]}', 'key not allowed'],
    ['a constructor', '{"text":"a","constructor":{"prototype":{"admin":true}}}', 'key not allowed'],
    ['NUL', '{"text":"a\\u0000b"}', 'well-formed text'],
    ['a lone surrogate', '{"text":"\\ud83d"}', 'well-formed text'],
    ['70 levels', `{"text":${'['.repeat(70)}${']'.repeat(70)}}`, 'depth'],
  ])('refuses a body with %s', async (_, body, rule) => {
    const answer = await json(body);
    expect([answer.status, answer.body.code, answer.body.rule]).toEqual([400, 'VALIDATION_FAILED', rule]);
  });

  it('refuses quickly what is deep, wide, large, compressed, mis-encoded or mis-typed', async () => {
    const cases: [string | Buffer, string, number][] = [
      ['['.repeat(400_000), 'application/json', 400],
      [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'application/json', 400],
      [`{${Array.from({ length: 10_000 }, (_, n) => `"k${n}":1`).join()}}`, 'application/json', 400],
      [`{"text":"${'a'.repeat(1_100_000)}"}`, 'application/json', 413],
      [Buffer.concat([Buffer.from('{"text":"'), Buffer.of(0xff, 0xfe), Buffer.from('"}')]), 'application/json', 400],
      ['{"text":"a"}', 'application/json; charset=gb18030', 415],
      ['<text/>', 'application/xml', 415],
      ['"text"', 'application/json', 400],
    ];
    for (const [body, type, status] of cases) {
      const started = performance.now();
      const answer = await json(body, type);
      expect([type, answer.status]).toEqual([type, status]);
      expect(performance.now() - started).toBeLessThan(1000);
    }
    const squeezed = await json(gzipSync(JSON.stringify({ text: 'a' }))).set('content-encoding', 'gzip');
    expect(squeezed.status).toBe(415);
  });

  it('names the paths of a wrong body and never its values', async () => {
    const secret = '身份证11010519491231002X';
    const answer = await json(JSON.stringify({ text: { [`k-${secret}`.slice(0, 1)]: secret }, more: secret }));
    expect(answer.body).toMatchObject({ code: 'VALIDATION_FAILED', paths: ['text', ''] });
    expect(answer.text + log.join('')).not.toContain(secret);
    const broken = await json(`{"text":"${secret}`);
    expect(broken.text + log.join('')).not.toContain(secret);
  });
});

describe('while PostgreSQL is away', () => {
  it('every question is 503 with Retry-After, and the API serves again by itself', async () => {
    const postgres = await startTestPostgres();
    await migrateTestDatabase(postgres.migrationUrl);
    const hospital = await makeHospital(postgres.migrationUrl);
    const nurse = await hospital.person('nurse', [['triage_nurse', null]]);
    const { app, url } = await startTestApi(testApiConfig(postgres.url));
    const session = await plantSession(url, postgres.migrationUrl, nurse.id);
    try {
      await session.get('/api/auth/session').expect(200);
      await postgres.postgres.part.stop();
      for (const answer of [await session.get('/api/auth/session'), await session.post('/api/auth/logout')]) {
        expect([answer.status, answer.body.code]).toEqual([503, 'DATABASE_UNAVAILABLE']);
        expect(answer.headers['retry-after']).toBe('2');
        expect(missingHeaders(answer.headers)).toEqual([]);
      }
      const ready = await request(url).get('/healthz/readiness');
      expect([ready.status, ready.body.error]).toEqual([
        503,
        { database: expect.objectContaining({ status: 'down' }) },
      ]);
      await request(url).get('/healthz').expect(200);
      await postgres.postgres.part.start();
      await session.get('/api/auth/session').expect(200);
      await request(url).get('/healthz/readiness').expect(200);
    } finally {
      await app.close();
      await postgres.stop();
    }
  });
});
