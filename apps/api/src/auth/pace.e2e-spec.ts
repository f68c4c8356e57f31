import { type NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { v7 as uuidv7 } from 'uuid';
import { countOf, full } from '../../../../test/support/counts';
import { startTestPostgres, type TestPostgres } from '../../../../test/support/embedded';
import { migrateTestDatabase, startTestApi, testApiConfig } from '../../../../test/support/test-api';
import { plantMachine } from '../../../../test/support/test-machine';
import { makeHospital, type TestHospital, type TestPerson } from '../../../../test/support/test-people';
import { plantSession, signInAt, type TestSession } from '../../../../test/support/test-session';

const pace = { person: 60, redrafts: 10, machine: 120 };
const requests = countOf('A-7 requests');

/** What is counted of the answers of a flood. */
const tally = (answers: readonly request.Response[]) => {
  const refused = answers.filter(({ status }) => status === 429);
  return { passed: answers.length - refused.length, refused };
};

describe('A-7: whoever asks too much', () => {
  let postgres: TestPostgres;
  let hospital: TestHospital;
  const apis: { app: NestExpressApplication; url: string }[] = [];
  let people = 0;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    await migrateTestDatabase(postgres.migrationUrl);
    hospital = await makeHospital(postgres.migrationUrl);
    for (const config of [testApiConfig(postgres.url, { pace }), testApiConfig(postgres.url, { pace })])
      apis.push(await startTestApi(config));
  }, 60_000);

  afterAll(async () => {
    for (const { app } of apis) await app.close();
    await postgres?.stop();
  });

  const urlOf = (api: number): string => apis[api]?.url ?? '';
  const nurse = (): Promise<TestPerson> => hospital.person(`nurse${(people += 1)}`, [['triage_nurse', null]]);
  const sessionOf = async (person: TestPerson, api = 0): Promise<TestSession> =>
    plantSession(urlOf(api), postgres.migrationUrl, person.id);
  const inLanes = async (count: number, send: () => request.Test): Promise<request.Response[]> => {
    const answers: request.Response[] = [];
    const lane = async (): Promise<void> => {
      while (answers.length < count) answers.push(await send());
    };
    await Promise.all(Array.from({ length: 10 }, lane));
    return answers;
  };
  const redraft = (session: TestSession) => () =>
    session
      .post(`/api/reviews/${uuidv7()}/redrafts`)
      .set('idempotency-key', uuidv7())
      .send({ notes: [{ text: '再看' }] });
  /** 95th percentile of a few questions one after the other (ms); each must be answered. */
  const answered = async (session: TestSession): Promise<number> => {
    const times: number[] = [];
    for (let at = 0; at < pace.person / 4; at += 1) {
      const started = performance.now();
      await session.get('/api/triage/queue').expect(200);
      times.push(performance.now() - started);
    }
    return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;
  };

  it('is told when to come back, in their language, while others are served', async () => {
    const [flooding, quiet] = [await sessionOf(await nurse()), await sessionOf(await nurse())];
    const alone = await answered(quiet);
    const flood = inLanes(requests, redraft(flooding));
    const beside = await answered(quiet);
    const { passed, refused } = tally(await flood);
    expect(passed).toBeGreaterThanOrEqual(pace.redrafts);
    // The window may have turned once meanwhile.
    expect(passed).toBeLessThanOrEqual(2 * pace.redrafts);
    for (const { headers, body } of refused) {
      expect(headers['retry-after']).toMatch(/^[1-9]\d?$/);
      expect(body).toMatchObject({ code: 'RATE_LIMITED', title: '请求过于频繁，请稍后再试' });
    }
    const english = await redraft(flooding)().set('accept-language', 'en');
    expect(english.body.title).toMatch(/^[\x20-\x7e]+$/);
    if (full) expect(beside).toBeLessThan(alone * 1.2 + 20);
  });

  it('is held back for every kind of request, a machine more generously than a person', async () => {
    const session = await sessionOf(await nurse());
    const { passed } = tally(await inLanes(requests, () => session.get('/api/triage/queue')));
    expect(passed).toBeGreaterThanOrEqual(Math.min(requests, pace.person));
    expect(passed).toBeLessThan(requests);
    const { organisationId } = hospital;
    const machine = await plantMachine(urlOf(0), postgres.migrationUrl, { organisationId, scopes: ['triage:read'] });
    const machines = tally(await inLanes(pace.machine, () => machine.get('/api/triage/queue')));
    expect(machines.passed).toBe(pace.machine);
  });

  it('has as much at each of two processes, and no more', async () => {
    const person = await nurse();
    const sessions = [await sessionOf(person, 0), await sessionOf(person, 1)];
    let turn = 0;
    const { passed, refused } = tally(
      await inLanes(requests, () => redraft(sessions[(turn += 1) % 2] ?? sessions[0]!)()),
    );
    expect(passed).toBeLessThanOrEqual(4 * pace.redrafts);
    expect(refused.length).toBeGreaterThan(0);
  });

  it('with passwords is locked out at every process at once, and only that account', async () => {
    const [person, other] = [await nurse(), await nurse()];
    const guess = (api: number) =>
      request(urlOf(api))
        .post('/api/auth/login')
        .send({ login: person.login, password: `guess ${uuidv7()}` });
    const guesses: request.Response[] = [];
    for (let at = 0; at < 12; at += 1) guesses.push(await guess(at % 2));
    expect(guesses.map(({ status }) => status)).toEqual([
      401,
      401,
      401,
      401,
      401,
      ...Array.from({ length: 7 }, () => 429),
    ]);
    for (const { headers } of guesses.slice(5)) expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    const right = await request(urlOf(1))
      .post('/api/auth/login')
      .send({ login: person.login, password: person.password });
    expect(right.status).toBe(429);
    await signInAt(urlOf(0), other);
  });
});
