import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { v7 as uuidv7 } from 'uuid';
import { full } from '../../../../test/support/counts';
import {
  type DocumentedRoute,
  documentedRoutes,
  plantStaff,
  sampleOf,
} from '../../../../test/support/documented-routes';
import { startTestPostgres, type TestPostgres } from '../../../../test/support/embedded';
import { migrateTestDatabase, startTestApi, testApiConfig } from '../../../../test/support/test-api';
import { plantMachine, type TestMachine } from '../../../../test/support/test-machine';
import { makeHospital, type TestHospital } from '../../../../test/support/test-people';
import { type TestSession } from '../../../../test/support/test-session';

const raw = 'POST /api/interop/hl7v2';
const writing = documentedRoutes.filter(({ method, name }) => method !== 'get' && name !== raw);
const withBody = writing.filter(({ body }) => body !== null);
const withText = withBody.filter(({ body }) => JSON.stringify(sampleOf(body ?? {}, 'free text')).includes('free text'));

/** Refused before any schema sees them. */
const malformed: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>> = {
  NUL: '{"text":"a\\u0000b"}',
  'a lone surrogate': '{"text":"\\ud83d"}',
  'a lone surrogate as key': '{"\\ud83d":"a"}',
  'bytes that are not UTF-8': Buffer.concat([Buffer.from('{"text":"'), Buffer.of(0xc0, 0xaf), Buffer.from('"}')]),
  'GB18030 bytes': Buffer.concat([Buffer.from('{"text":"'), Buffer.of(0xd5, 0xc5), Buffer.from('"}')]),
  '10,000 levels of lists': `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
  '10,000 levels of objects': `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
  '10,000 open brackets': '['.repeat(10_000),
  'a prototype': '{"__proto__":{"admin":true}}',
  'an escaped prototype': '{"\\u005f_proto__":{"admin":true}}',
  'a constructor': '{"constructor":{"prototype":{"admin":true}}}',
  'a key twice': '{"text":"a","text":"b"}',
  'a key twice, once escaped': '{"text":"a","t\\u0065xt":"b"}',
  'an integer beyond 2^53': '{"number":9007199254740993}',
  'an integer of 10,000 digits': `{"number":${'9'.repeat(10_000)}}`,
  'a number beyond all': '{"number":1e999}',
  'two values': '{}{}',
  'a comment': '{/**/}',
  'a text': '"text"',
};

/** Long texts on which a careless pattern takes for ever; no field is this long. */
const endless: Readonly<Record<string, string>> = {
  spaces: `${' '.repeat(50_000)}x${' '.repeat(50_000)}x`,
  letters: `${'a'.repeat(50_000)}!`,
  digits: `${'0'.repeat(50_000)}x`,
  dates: '2026-01-'.repeat(6000),
  commas: ','.repeat(50_000),
  brackets: '<'.repeat(50_000),
  characters: '汉'.repeat(50_000),
  combining: `a${'\u0301'.repeat(50_000)}`,
  joiners: 'a\u200D'.repeat(25_000),
};

/** Odd, and yet text: stored as it is or refused, never changed. */
const odd: Readonly<Record<string, string>> = {
  Arabic: 'مريض ١٢٣',
  Uyghur: 'ئابدۇللا',
  'overriding direction': 'a\u202Etxt.exe\u202C',
  isolates: '\u2067abc\u2069',
  'zero width': '张\u200B三\u200D\uFEFFa',
  'tag characters': '张三\u{E0041}\u{E0042}',
  'rare characters': '𠮷野家𬀩',
  emoji: '👩‍⚕️👨‍👩‍👧‍👦',
  decomposed: 'e\u0301\u1100\u1161',
  SQL: `'; drop table cases; --`,
  HTML: '<img src=x onerror=alert(1)>',
  template: '${7*7}{{7*7}}%s%n',
  formula: `=HYPERLINK("http://127.0.0.2/","a")`,
  path: '../../../../etc/passwd',
  'line ends': 'a\r\nb\u2028c',
};

describe('F-2: hostile text', () => {
  let postgres: TestPostgres;
  let app: NestExpressApplication;
  let url: string;
  let hospital: TestHospital;
  let sessionFor: (route: string) => TestSession;
  let machine: TestMachine;
  const delay = monitorEventLoopDelay({ resolution: 10 });
  const times: number[] = [];

  beforeAll(async () => {
    postgres = await startTestPostgres();
    await migrateTestDatabase(postgres.migrationUrl);
    hospital = await makeHospital(postgres.migrationUrl);
    ({ app, url } = await startTestApi(testApiConfig(postgres.url)));
    sessionFor = await plantStaff(url, postgres.migrationUrl, hospital);
    const { organisationId } = hospital;
    machine = await plantMachine(url, postgres.migrationUrl, { organisationId, scopes: ['hl7v2:write'] });
    delay.enable();
  }, 60_000);

  afterAll(async () => {
    delay.disable();
    await app?.close();
    await postgres?.stop();
  });

  /* By fetch, which sends bytes as they are. */
  const send = async (route: DocumentedRoute, body: string | Uint8Array<ArrayBuffer>, query = '') => {
    const { cookie, csrfToken } = sessionFor(route.name);
    const started = performance.now();
    const answer = await fetch(url + route.path + query, {
      method: route.method.toUpperCase(),
      headers: {
        'content-type': 'application/json',
        cookie,
        'x-csrf-token': csrfToken,
        'idempotency-key': uuidv7(),
        'if-match': '"1"',
      },
      body,
    });
    const text = await answer.text();
    times.push(performance.now() - started);
    return { status: answer.status, body: JSON.parse(text === '' ? '{}' : text) as { code?: string } };
  };

  it.each(Object.keys(malformed))('is refused by every route: %s', async (kind) => {
    for (const route of writing) {
      const { status, body } = await send(route, malformed[kind] ?? '');
      expect([route.name, status, body.code]).toEqual([route.name, 400, 'VALIDATION_FAILED']);
    }
  });

  it('is refused by every route: 5 MB', async () => {
    const large = `{"text":"${'a'.repeat(5_000_000)}"}`;
    for (const route of writing) {
      const { status, body } = await send(route, large);
      expect([route.name, status, body.code]).toEqual([route.name, 413, 'PAYLOAD_TOO_LARGE']);
    }
  });

  it('is refused by every route: a query parameter twice', async () => {
    for (const route of writing) {
      const { status, body } = await send(route, '{}', '?a=1&a=2');
      expect([route.name, status, body.code]).toEqual([route.name, 400, 'VALIDATION_FAILED']);
    }
  });

  it('is refused by every route that takes a body: 10,000 keys', async () => {
    const wide = JSON.stringify(Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`k${n}`, n])));
    for (const route of withBody) {
      const { status } = await send(route, wide);
      expect([route.name, status]).toEqual([route.name, 400]);
    }
  });

  it.each(Object.keys(endless))('is refused in every field: endless %s', async (kind) => {
    for (const route of withText) {
      const { status } = await send(route, JSON.stringify(sampleOf(route.body ?? {}, endless[kind] ?? '')));
      expect([route.name, status >= 400 && status < 500]).toEqual([route.name, true]);
    }
  });

  it.each(Object.keys(odd))('is no fault of ours in any field: %s', async (kind) => {
    for (const route of withText) {
      const { status } = await send(route, JSON.stringify(sampleOf(route.body ?? {}, odd[kind] ?? '')));
      expect([route.name, status < 500]).toEqual([route.name, true]);
    }
  });

  it.each(Object.keys(odd))('is stored as it was accepted: %s', async (kind) => {
    const text = odd[kind] ?? '';
    const registration = {
      wardId: hospital.wards[0],
      patient: { name: text, address: text },
      assessment: { complaint: text, vitals: {}, measuredAt: new Date().toISOString() },
    };
    const desk = sessionFor('POST /api/triage/cases');
    const registered = await desk.post('/api/triage/cases').set('idempotency-key', uuidv7()).send(registration);
    expect(registered.status).toBe(201);
    const { text: shown } = await desk.get(`/api/triage/cases/${registered.body.caseId}`).expect(200);
    // Name and complaint at the least.
    expect(shown.split(JSON.stringify(text).slice(1, -1)).length).toBeGreaterThan(2);
  });

  it('comes as a message too, and is answered', async () => {
    for (const body of [...Object.values(malformed), ...Object.values(endless), ...Object.values(odd)]) {
      for (const bytes of [body, Buffer.concat([Buffer.from('MSH|^~\\&|'), Buffer.from(body)])]) {
        const answer = await machine.post('/api/interop/hl7v2').type('x-application/hl7-v2+er7').send(bytes);
        expect(answer.status).toBeLessThan(500);
      }
    }
  });

  it('keeps nobody waiting', () => {
    const p = (share: number): number => times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? Infinity;
    // Client and API share this process, so this is more than the API's own delay.
    expect(delay.percentile(99) / 1e6).toBeLessThan(full ? 100 : 1000);
    expect(p(0.95)).toBeLessThan(full ? 200 : 2000);
  });
});
