import { type NestExpressApplication } from '@nestjs/platform-express';
import { type Logger } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { createDataSource } from '#libs/db/data-source';
import { countOf } from '../../../../test/support/counts';
import {
  type DocumentedRoute,
  documentedRoutes,
  plantStaff,
  type Schema,
} from '../../../../test/support/documented-routes';
import { startTestPostgres, type TestPostgres } from '../../../../test/support/embedded';
import { migrateTestDatabase, startTestApi, testApiConfig } from '../../../../test/support/test-api';
import { makeHospital } from '../../../../test/support/test-people';
import { type TestSession } from '../../../../test/support/test-session';

const reading = documentedRoutes.filter(({ method, name }) => method === 'get' && name.startsWith('GET /api/'));
const asking = reading.filter(({ query }) => query.length > 0);

/** What every list and filter takes that stands in docs/openapi.json; whoever adds a parameter says a good value here. */
const good: Readonly<Record<string, string>> = {
  limit: '10',
  caseId: uuidv7(),
  actorId: uuidv7(),
  wardId: '',
  action: 'review.shown',
  outcome: '',
  from: '2026-01-01T00:00:00Z',
  to: '2026-12-31T00:00:00Z',
  state: '',
  process: 'triage',
  mine: 'true',
  unassigned: 'true',
  overdue: 'true',
  deferred: 'true',
  level: 'I',
  masked: 'true',
  days: '7',
};

const texts = [
  "'",
  '"',
  "' or '1'='1",
  "1' or 1=1 --",
  '1; drop table cases',
  '1); select pg_sleep(5) --',
  "' union select password_hash from app_user --",
  '\\',
  '%27',
  '%',
  '_%',
  '$1',
  ':id',
  '{"$gt":""}',
  '{"$ne":null}',
  '[object Object]',
  '["a","b"]',
  '-1',
  '1e9999',
  '9007199254740993',
  '(select 1)',
  'created_at;--',
  'ʼ or 1=1',
  '\u0000',
  'a\nb',
];
/** Words that are a name like any other to a filter by name, and nothing to all others. */
const words = ['null', 'undefined', 'NaN', 'id desc', 'Infinity', 'constructor'];
const operators = ['[]', '[$gt]', '[$ne]', '[0]', '[constructor][prototype]', '[__proto__]', '.$where', '[like]'];
const sorts = ['sort', 'sortBy', 'orderBy', 'order', 'order[created_at]', 'direction', 'select', 'relations', 'where'];
const columns = ['id', 'created_at', 'password_hash', 'name; drop table cases', '(select 1)', '1'];
const directions = ['asc', 'DESC', 'desc nulls last', 'asc; select 1', "'"];

const wordOf = ({ enum: words = [] }: Schema): string => words.find((word) => typeof word === 'string') ?? 'waiting';

describe('F-5: what a query may say', () => {
  let postgres: TestPostgres;
  let app: NestExpressApplication;
  let url: string;
  let sessionFor: (route: string) => TestSession;
  let ward: string;
  const statements = new Set<string>();

  const collect = (sql: string): void => void statements.add(sql);
  const logger: Logger = {
    logQuery: collect,
    logQueryError: (_error, sql) => collect(`failed: ${sql}`),
    logQuerySlow: () => undefined,
    logSchemaBuild: () => undefined,
    logMigration: () => undefined,
    log: () => undefined,
  };

  beforeAll(async () => {
    postgres = await startTestPostgres();
    await migrateTestDatabase(postgres.migrationUrl);
    const hospital = await makeHospital(postgres.migrationUrl);
    [ward] = hospital.wards;
    const source = createDataSource({ url: postgres.url });
    source.setOptions({ logger, logging: true });
    await source.initialize();
    ({ app, url } = await startTestApi(testApiConfig(postgres.url), { source }));
    sessionFor = await plantStaff(url, postgres.migrationUrl, hospital);
  }, 60_000);

  afterAll(async () => {
    await app?.close();
    await postgres?.stop();
  });

  const ask = async ({ name, path }: DocumentedRoute, query: Readonly<Record<string, string>>) => {
    const { cookie } = sessionFor(name);
    const answer = await fetch(`${url}${path}?${new URLSearchParams(query).toString()}`, { headers: { cookie } });
    const type = answer.headers.get('content-type');
    const text = await answer.text();
    return { status: answer.status, type, body: type?.includes('json') ? (JSON.parse(text) as object) : {} };
  };
  const valueFor = (parameter: DocumentedRoute['query'][number]): string =>
    parameter.name === 'wardId' ? ward : good[parameter.name] || wordOf(parameter.schema);
  const parameters = asking.flatMap((route) => route.query.map((parameter) => ({ route, parameter })));
  /** Whether it is refused with a problem of ours. */
  const expectRefused = async (route: DocumentedRoute, query: Readonly<Record<string, string>>): Promise<void> => {
    const { status, type, body } = await ask(route, query);
    const seen = [route.name, query, status, type];
    expect(seen).toEqual([route.name, query, 400, 'application/problem+json; charset=utf-8']);
    expect(body).toMatchObject({ code: 'VALIDATION_FAILED' });
  };
  const without = async (work: () => Promise<void>): Promise<string[]> => {
    const before = new Set(statements);
    await work();
    return [...statements].filter((sql) => !before.has(sql));
  };

  it('is collected first: the statements of ordinary questions', async () => {
    expect(asking.length).toBeGreaterThanOrEqual(8);
    for (const route of reading.filter(({ name }) => name !== 'GET /api/events')) await ask(route, {});
    for (const { route, parameter } of parameters.filter(({ parameter: { name } }) => name !== 'cursor')) {
      const { status } = await ask(route, { [parameter.name]: valueFor(parameter) });
      expect([route.name, parameter.name, status]).toEqual([route.name, parameter.name, 200]);
    }
    expect(statements.size).toBeGreaterThan(10);
  });

  it('is no SQL and no operator, in any parameter of any route', async () => {
    const news = await without(async () => {
      for (const { route, parameter } of parameters) {
        for (const text of texts) await expectRefused(route, { [parameter.name]: text });
        for (const word of words) {
          const { status } = await ask(route, { [parameter.name]: word });
          const expected = ['action', 'process'].includes(parameter.name) ? [200, 400] : [400];
          expect([route.name, parameter.name, word, expected.includes(status)]).toEqual([
            route.name,
            parameter.name,
            word,
            true,
          ]);
        }
        for (const operator of operators) await expectRefused(route, { [parameter.name + operator]: 'a' });
      }
    });
    expect(news).toEqual([]);
  });

  it('is no order: no column and no direction', async () => {
    const news = await without(async () => {
      for (const route of asking)
        for (const sort of sorts)
          for (const column of columns)
            for (const direction of directions.slice(0, countOf('F-5 directions')))
              await expectRefused(route, { [sort]: column, direction });
    });
    expect(news).toEqual([]);
  });

  it('is no part of a path', async () => {
    const news = await without(async () => {
      for (const route of reading.filter(({ name }) => name.includes(':'))) {
        for (const text of texts.filter((one) => one !== '%27')) {
          const path = route.name.slice('GET '.length).replace(/:\w+/, encodeURIComponent(text));
          const { status } = await ask({ ...route, path }, {});
          expect([path, [400, 404].includes(status)]).toEqual([path, true]);
        }
      }
    });
    expect(news).toEqual([]);
  });

  it('is not heeded where none is asked for', async () => {
    const news = await without(async () => {
      for (const route of reading.filter(({ query, name }) => query.length === 0 && name !== 'GET /api/events'))
        for (const sort of sorts)
          expect((await ask(route, { [sort]: 'id; drop table cases' })).status).toBeLessThan(500);
    });
    expect(news).toEqual([]);
  });
});
