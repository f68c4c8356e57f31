import { type NestExpressApplication } from '@nestjs/platform-express';
import { v7 as uuidv7 } from 'uuid';
import { startTestPostgres, type TestPostgres } from '../../../../test/support/embedded';
import { type EventReader, readEvents } from '../../../../test/support/event-stream';
import { migrateTestDatabase, sqlAs, startTestApi, testApiConfig } from '../../../../test/support/test-api';
import { makeHospital, type TestHospital } from '../../../../test/support/test-people';
import { plantSession, type TestSession } from '../../../../test/support/test-session';

describe('the event stream', () => {
  let postgres: TestPostgres;
  let app: NestExpressApplication;
  let url: string;
  let hospital: TestHospital;
  let foreign: TestHospital;
  let nurse: TestSession;
  let lead: TestSession;
  let nurseId: string;
  const readers: EventReader[] = [];

  /** Numbers changes as the publisher does: in one transaction, told at its commit. */
  const publish = async (changes: readonly { ward?: string | null; organisation?: string }[]): Promise<string[]> => {
    const ids = changes.map(() => uuidv7());
    const values = changes.map(
      ({ ward = null, organisation = hospital.organisationId }, at) =>
        `('${uuidv7()}', nextval('change_feed_number'), '${organisation}', ${ward ? `'${ward}'` : 'null'}, 'review', '${ids[at]}')`,
    );
    await sqlAs(
      postgres.migrationUrl,
      `with c as (insert into change_feed (id, feed_seq, organisation_id, ward_id, topic, entity_id)
         values ${values.join(', ')} returning 1) select pg_notify('countersign_feed', '') from c limit 1`,
    );
    return ids;
  };

  const open = async (session: TestSession, lastEventId?: string): Promise<EventReader> => {
    const headers = { cookie: session.cookie, ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) };
    const reader = await readEvents(`${url}/api/events`, headers);
    readers.push(reader);
    return reader;
  };

  const heard = (reader: EventReader): unknown[] =>
    reader.events.filter(({ event }) => event === 'change').map(({ data }) => (data as { id: string }).id);

  beforeAll(async () => {
    postgres = await startTestPostgres();
    await migrateTestDatabase(postgres.migrationUrl);
    hospital = await makeHospital(postgres.migrationUrl);
    foreign = await makeHospital(postgres.migrationUrl, '另一家医院');
    const person = await hospital.person('nurse', [['triage_nurse', hospital.wards[0]]]);
    const everywhere = await hospital.person('lead', [['clinical_lead', null]]);
    nurseId = person.id;
    ({ app, url } = await startTestApi(testApiConfig(postgres.url, { events: { beatMs: 200, recheckMs: 300 } })));
    nurse = await plantSession(url, postgres.migrationUrl, person.id);
    lead = await plantSession(url, postgres.migrationUrl, everywhere.id);
  });

  afterEach(() => {
    for (const reader of readers.splice(0)) reader.close();
  });

  afterAll(async () => {
    await app?.close();
    await postgres?.stop();
  });

  it('tells ids only, of wards the reader reaches, and nothing of another hospital', async () => {
    const [hers, all] = [await open(nurse), await open(lead)];
    await Promise.all([hers, all].map((reader) => reader.until((events) => events[0]?.event === 'ready')));
    const [own, other, , everybody] = await publish([
      { ward: hospital.wards[0] },
      { ward: hospital.wards[1] },
      { organisation: foreign.organisationId, ward: foreign.wards[0] },
      {},
    ]);
    await all.until(() => heard(all).length === 3);
    await hers.until(() => heard(hers).length === 2);
    expect(heard(all)).toEqual([own, other, everybody]);
    expect(heard(hers)).toEqual([own, everybody]);
    expect(hers.events.at(-1)?.data).toEqual({ topic: 'review', id: everybody });
  });

  it('resumes after the last id with nothing lost and nothing twice, also under load', async () => {
    const first = await open(lead);
    await first.until((events) => events.length > 0);
    const told: string[] = [];
    const publishing = (async () => {
      for (let n = 0; n < 60; n += 1) told.push(...(await publish(Array.from({ length: 20 }, () => ({})))));
    })();
    await first.until(() => heard(first).length > 100);
    first.close();
    const second = await open(lead, first.lastEventId());
    await publishing;
    await second.until(() => heard(first).length + heard(second).length >= told.length);
    expect([...heard(first), ...heard(second)]).toEqual(told);
  });

  it('keeps the place of a reader whom nothing concerned', async () => {
    const reader = await open(nurse);
    await reader.until((events) => events.length > 0);
    const before = Number(reader.lastEventId());
    await publish([{ ward: hospital.wards[1] }, { ward: hospital.wards[1] }]);
    await reader.until(() => Number(reader.lastEventId()) >= before + 2);
    expect(heard(reader)).toEqual([]);
  });

  it.each(['999999999', 'nonsense', '-1', '1e9'])('resets a reader who comes with an unknown id: %s', async (id) => {
    const reader = await open(lead, id);
    await reader.until((events) => events.length > 0);
    expect(reader.events[0]?.event).toBe('reset');
  });

  it('resets a reader whose place is no longer kept', async () => {
    const reader = await open(lead);
    await reader.until((events) => events.length > 0);
    reader.close();
    await publish([{}, {}, {}]);
    await sqlAs(postgres.migrationUrl, 'delete from change_feed where feed_seq <= $1', [
      Number(reader.lastEventId()) + 2,
    ]);
    const late = await open(lead, reader.lastEventId());
    await late.until((events) => events.length > 0);
    expect(late.events[0]?.event).toBe('reset');
  });

  it('hears again after its database connection was cut', async () => {
    const reader = await open(lead);
    await reader.until((events) => events.length > 0);
    const cut = await sqlAs<{ cut: boolean }>(
      postgres.adminUrl,
      `select pg_terminate_backend(pid) cut from pg_stat_activity where application_name = 'countersign-feed'`,
    );
    expect(cut).toEqual([{ cut: true }]);
    const ids = await publish([{}, {}]);
    await reader.until(() => heard(reader).length === 2);
    expect(heard(reader)).toEqual(ids);
  });

  it('closes when the session ends or locks, and follows a change of roles', async () => {
    const session = await plantSession(url, postgres.migrationUrl, nurseId);
    const reader = await open(session);
    await reader.until((events) => events.length > 0);
    const grant = 'insert into role_grant (id, user_id, role, ward_id) values ($1, $2, $3, $4)';
    await sqlAs(postgres.migrationUrl, grant, [uuidv7(), nurseId, 'charge_nurse', hospital.wards[1]]);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const [id] = await publish([{ ward: hospital.wards[1] }]);
    await reader.until(() => heard(reader).includes(id));
    await session.post('/api/auth/logout').expect(204);
    await reader.ended();
    expect(reader.events.at(-1)).toMatchObject({ event: 'closed', data: { code: 'UNAUTHENTICATED' } });

    const idle = await plantSession(url, postgres.migrationUrl, nurseId);
    const second = await open(idle);
    await sqlAs(postgres.migrationUrl, 'update session set locked_at = now() where ended_at is null and user_id = $1', [
      nurseId,
    ]);
    await second.ended();
    expect(second.events.at(-1)).toMatchObject({ event: 'closed', data: { code: 'SESSION_LOCKED' } });
    expect((await open(idle)).status).toBe(401);
  });

  it('is only for people, and ends with the application', async () => {
    const reader = await readEvents(`${url}/api/events`, {});
    expect(reader.status).toBe(401);
    const last = await open(lead);
    await last.until((events) => events.length > 0);
    const started = Date.now();
    await app.close();
    await last.ended();
    expect(Date.now() - started).toBeLessThan(3000);
  });
});
