import { type NestExpressApplication } from '@nestjs/platform-express';
import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { type Role } from '#libs/auth/roles';
import { describeConfig } from '#libs/config/describe-config';
import { loadConfig } from '#libs/config/load-config';
import { printableConfig } from '#libs/config/printable-config';
import { productVersion } from '#libs/config/product-version';
import { probeChannel } from '#libs/db/stores/heartbeat.store';
import { unprobedProfile } from '#libs/llm/profile';
import { startTestPostgres, type TestPostgres } from '../../../../test/support/embedded';
import { migrateTestDatabase, sqlAs, startTestApi, testApiConfig } from '../../../../test/support/test-api';
import { plantMachine, type TestMachine } from '../../../../test/support/test-machine';
import { makeHospital, type TestHospital } from '../../../../test/support/test-people';
import { plantSession, type TestSession } from '../../../../test/support/test-session';
import { foundCasesSchema } from './case-search';
import { caseTimelineSchema } from './case-timeline.schema';
import { modelQualitySchema } from './model-quality.schema';
import { operationsSchema } from './operations.schema';
import { todaySchema } from './today.schema';

const secretOf = (variable: string): string => `CANARY-${variable}`;

/* Every secret of the product from its file, and some of the rest. */
const configured = () => {
  const secrets = describeConfig().filter(({ secret }) => secret);
  const files = secrets.map(({ variable }) => [`${variable}_FILE`, `/run/secrets/${variable}`]);
  const env = {
    ...Object.fromEntries(files),
    COUNTERSIGN_KEK_FILE: '/run/secrets/kek',
    TEMPORAL_ADDRESS: 'temporal:7233',
    DEEPSEEK_BASE_URL: 'http://10.0.0.8:8000/v1',
    DEEPSEEK_MODEL: 'deepseek-v4-pro',
    MLLP_PORT: '2575',
  } as Record<string, string>;
  const readText = (path: string): string => {
    const variable = path.replace('/run/secrets/', '');
    const text = secretOf(variable);
    return variable.startsWith('DATABASE_')
      ? `postgresql://${variable.toLowerCase()}:${text}@db:5432/countersign?sslpassword=${text}`
      : text;
  };
  const loaded = loadConfig(env, { part: 'api', readText });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.errors));
  return { secrets: secrets.map(({ variable }) => variable), printable: printableConfig(loaded.config) };
};

const patient = { name: '令狐冲', sex: 'male', birthDate: '1980-05-05', phone: '13800138000' };
const ofPatient = /令狐冲|1980-05-05|13800138000|胸痛如绞/;

describe('oversight', () => {
  const { secrets, printable } = configured();
  let postgres: TestPostgres;
  let app: NestExpressApplication;
  let url: string;
  let hospital: TestHospital;
  let people: Readonly<Record<'system' | 'lead' | 'charge' | 'chargeElsewhere' | 'auditor', TestSession>>;
  let nurse: TestSession;
  let ops: TestMachine;
  let caseId: string;

  const signedIn = async (login: string, roles: readonly Role[], ward: string | null): Promise<TestSession> => {
    const { id } = await hospital.person(
      login,
      roles.map((role) => [role, ward]),
    );
    return plantSession(url, postgres.migrationUrl, id);
  };
  const sql = <Row>(text: string, parameters: readonly unknown[] = []) =>
    sqlAs<Row>(postgres.migrationUrl, text, parameters);

  beforeAll(async () => {
    postgres = await startTestPostgres();
    await migrateTestDatabase(postgres.migrationUrl);
    hospital = await makeHospital(postgres.migrationUrl);
    ({ app, url } = await startTestApi(testApiConfig(postgres.url, { printable })));
    const [ward, other] = hospital.wards;
    people = {
      system: await signedIn('system', ['system_admin'], null),
      lead: await signedIn('lead', ['clinical_lead'], null),
      charge: await signedIn('charge', ['charge_nurse'], ward),
      chargeElsewhere: await signedIn('charge.elsewhere', ['charge_nurse'], other),
      auditor: await signedIn('auditor', ['auditor'], null),
    };
    nurse = await signedIn('nurse', ['triage_nurse'], ward);
    const { organisationId } = hospital;
    ops = await plantMachine(url, postgres.migrationUrl, { organisationId, scopes: ['ops:read'] });
    const assessment = { complaint: '胸痛如绞', vitals: { spo2: 88 }, measuredAt: new Date().toISOString() };
    const registered = await nurse
      .post('/api/triage/cases')
      .set('idempotency-key', uuidv7())
      .send({ wardId: ward, patient, assessment })
      .expect(201);
    caseId = registered.body.caseId as string;
  }, 60_000);

  afterAll(async () => {
    await app?.close();
    await postgres?.stop();
  });

  const timeline = () => `/api/admin/cases/${caseId}/timeline`;

  it('finds a case by ticket and day for whoever oversees its ward, without its patient, and notes who looked', async () => {
    const [ticket] = await sql<{ no: number; day: string }>(
      'select ticket_no no, ticket_day::text as "day" from triage_case where case_id = $1',
      [caseId],
    );
    const body = { ticketNo: ticket!.no, ticketDay: ticket!.day };
    const search = (who: TestSession, asked: object = body) => who.post('/api/admin/cases/searches').send(asked);
    for (const who of [people.system, people.lead, people.charge, people.auditor]) {
      const found = await search(who).expect(200);
      expect(foundCasesSchema.parse(found.body).items).toMatchObject([
        { caseId, process: 'triage', ward: { id: hospital.wards[0] } },
      ]);
      expect(found.text).not.toMatch(ofPatient);
    }
    expect((await search(people.chargeElsewhere).expect(200)).body).toEqual({ items: [] });
    expect((await search(people.lead, { ...body, ticketNo: ticket!.no + 1 }).expect(200)).body).toEqual({ items: [] });
    expect((await search(people.lead, { ...body, ticketDay: '2001-02-03' }).expect(200)).body).toEqual({ items: [] });
    await search(nurse).expect(403);
    await search(people.lead, { ticketNo: ticket!.no }).expect(400);
    const looked = await sql<{ n: number }>(
      `select count(*)::int n from audit where action = 'case-search.shown' and $1 = any(case_ids)`,
      [caseId],
    );
    expect(looked).toEqual([{ n: 4 }]);
  });

  it('passes the wish for a probe on to the workers, from the system administrator alone', async () => {
    const client = new Client({ connectionString: postgres.migrationUrl });
    await client.connect();
    try {
      const heard = new Promise<string>((resolve) => client.on('notification', ({ channel }) => resolve(channel)));
      await client.query(`listen ${probeChannel}`);
      for (const who of [people.lead, people.charge, people.auditor, nurse])
        await who.post('/api/admin/model-probes').expect(403);
      await people.system.post('/api/admin/model-probes').expect(204);
      expect(await heard).toBe(probeChannel);
    } finally {
      await client.end();
    }
    expect(await sql(`select actor_name from audit where action = 'model.probe-asked'`)).toHaveLength(1);
  });

  it('answers what it documents, and nothing of a patient anywhere', async () => {
    const answers = [
      ['/api/admin/today', todaySchema],
      ['/api/admin/operations', operationsSchema],
      [timeline(), caseTimelineSchema],
      ['/api/admin/model-quality/triage', modelQualitySchema],
    ] as const;
    for (const [path, schema] of answers) {
      const { body, text } = await people.system.get(path).expect(200);
      expect([path, schema.safeParse(body).error]).toEqual([path, undefined]);
      expect([path, text]).toEqual([path, expect.not.stringMatching(ofPatient)]);
    }
    const { text } = await nurse.get(`/api/triage/cases/${caseId}`).expect(200);
    expect(text).toMatch(ofPatient);
  });

  it('is for its roles alone', async () => {
    const expected: readonly (readonly [string, Readonly<Record<keyof typeof people, number>>])[] = [
      ['/api/admin/today', { system: 200, lead: 200, charge: 200, chargeElsewhere: 200, auditor: 200 }],
      [timeline(), { system: 200, lead: 200, charge: 200, chargeElsewhere: 404, auditor: 200 }],
      ['/api/admin/operations', { system: 200, lead: 403, charge: 403, chargeElsewhere: 403, auditor: 403 }],
      ['/api/admin/model-quality/triage', { system: 200, lead: 200, charge: 403, chargeElsewhere: 403, auditor: 200 }],
    ];
    for (const [path, statuses] of expected) {
      for (const who of Object.keys(statuses) as (keyof typeof people)[])
        expect([path, who, (await people[who].get(path)).status]).toEqual([path, who, statuses[who]]);
      expect([path, (await nurse.get(path)).status]).toEqual([path, 403]);
      const machine = path === '/api/admin/operations' ? 200 : 403;
      expect([path, (await ops.get(path)).status]).toEqual([path, machine]);
    }
    const [own, other] = await Promise.all(
      [people.charge, people.chargeElsewhere].map(async (who) => (await who.get('/api/admin/today')).body),
    );
    expect([own.reviews[0].waiting, other.reviews[0].waiting]).toEqual([1, 0]);
  });

  it('shows no secret, and the rest of the configuration', async () => {
    const { body, text } = await people.system.get('/api/admin/operations').expect(200);
    expect(secrets.length).toBeGreaterThan(3);
    for (const variable of secrets) expect([variable, text.includes(secretOf(variable))]).toEqual([variable, false]);
    expect(text).not.toContain('CANARY');
    expect(body.configuration).toMatchObject({
      database: { url: 'postgresql://database_url:***@db:5432/countersign?…' },
      model: { baseUrl: 'http://10.0.0.8:8000/v1', apiKey: '(set)' },
      feed: { token: '(set)' },
    });
  });

  it('tells how the installation stands', async () => {
    const before = (await ops.get('/api/admin/operations').expect(200)).body;
    expect(before).toMatchObject({
      version: productVersion,
      profile: 'demo',
      database: { migrations: { pending: [] } },
      temporal: { state: 'unknown', workersSay: null },
      outbox: { dead: 0 },
      deadLetters: 0,
      queues: [],
      workers: [],
      lastBackupAt: null,
      feeds: { ports: [], connections: 0, lastMessageAt: null },
    });
    expect(before.outbox.unsent).toBeGreaterThan(0);
    expect(before.database.migrations.applied).toBeGreaterThan(9);
    expect(before.database.bytes).toBeGreaterThan(1_000_000);
    expect(before.database.pool.total).toBeGreaterThan(0);
  });

  it('tells which workers live, and what they say of Temporal and the model', async () => {
    const model = {
      model: 'deepseek-v4-pro',
      origin: 'http://10.0.0.8:8000',
      refused: null,
      rehearsal: false,
      breaker: 'open',
      breakerWaitMs: 900,
      slots: { running: 0, waiting: 0 },
      profile: unprobedProfile,
      probe: { at: new Date().toISOString(), ok: false, reason: 'unreachable' },
    };
    const worker = (secondsAgo: number, state: string, queues: string) =>
      sql(
        `insert into worker_heartbeat (id, host, pid, version, started_at, beat_at, state, temporal, queues, model)
         values ($1, 'ed-1', 7, '0.1.0', now(), now() - $2 * interval '1 second', $3, 'ready', $4, $5)`,
        [uuidv7(), secondsAgo, state, queues, model],
      );
    await worker(1, 'running', '{countersign,countersign-model}');
    await worker(2, 'running', '{countersign}');
    await worker(600, 'running', '{countersign,old}');
    await worker(3, 'stopped', '{}');
    const { body } = await people.system.get('/api/admin/operations').expect(200);
    expect(operationsSchema.safeParse(body).error).toBeUndefined();
    expect(body.temporal).toEqual({ state: 'reached', workersSay: 'ready' });
    expect(body.queues.map(({ queue, workers }: { queue: string; workers: number }) => [queue, workers])).toEqual([
      ['countersign', 2],
      ['countersign-model', 1],
      ['old', 0],
    ]);
    expect(body.workers.map(({ live }: { live: boolean }) => live)).toEqual([true, true, false, false]);
    expect(body.workers[0]).toMatchObject({ host: 'ed-1', pid: 7, model });
  });

  it('says that Temporal is degraded once something waits for long, and counts what was given up', async () => {
    const outbox = `insert into outbox (id, kind, workflow_id, name, args, created_at, dead_at) values ($1, 'signal', $2, 'changed', '[]',`;
    await sql(`${outbox} now() - interval '2 minutes', null)`, [uuidv7(), `triage:${caseId}`]);
    await sql(`${outbox} now() - interval '1 hour', now())`, [uuidv7(), `triage:${caseId}`]);
    const { body } = await people.system.get('/api/admin/operations').expect(200);
    expect(body.temporal.state).toBe('degraded');
    expect(body.outbox.dead).toBe(1);
    expect(body.outbox.oldestUnsentSeconds).toBeGreaterThanOrEqual(119);
    const other = await makeHospital(postgres.migrationUrl, '另一家医院');
    const elsewhere = await other.person('system.elsewhere', [['system_admin', null]]);
    const stranger = await plantSession(url, postgres.migrationUrl, elsewhere.id);
    const theirs = await stranger.get('/api/admin/operations').expect(200);
    expect(theirs.body.outbox).toMatchObject({ unsent: 0, dead: 0 });
  });
});
