import { randomUUID } from 'node:crypto';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { type Role } from '#libs/auth/roles';
import { startTestPostgres, type TestPostgres } from '../../../../test/support/embedded';
import { assessment } from '../../../../test/support/review-desk';
import { migrateTestDatabase, sqlAs, startTestApi, testApiConfig } from '../../../../test/support/test-api';
import { makeHospital, type TestHospital } from '../../../../test/support/test-people';
import { signInAt, type TestSession } from '../../../../test/support/test-session';

describe('handovers over HTTP', () => {
  let postgres: TestPostgres;
  let app: NestExpressApplication;
  let url: string;
  let hospital: TestHospital;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    await migrateTestDatabase(postgres.migrationUrl);
    hospital = await makeHospital(postgres.migrationUrl);
    ({ app, url } = await startTestApi(testApiConfig(postgres.url)));
  });

  afterAll(async () => {
    await app?.close();
    await postgres?.stop();
  });

  const someone = async (login: string, role: Role): Promise<TestSession & { readonly id: string }> => {
    const person = await hospital.person(login, [[role, hospital.wards[0]]]);
    return { ...(await signInAt(url, person)), id: person.id };
  };
  const post = (who: TestSession, path: string, body: object = {}, key: string = randomUUID()) =>
    who.post(`/api/${path}`).set('idempotency-key', key).send(body);
  const claimed = async (who: TestSession): Promise<string> => {
    const patient = { name: '李明', sex: 'male', birthDate: '1970-01-02' };
    const arrived = await post(who, 'triage/cases', { wardId: hospital.wards[0], patient, assessment: assessment() });
    const { reviewId } = (arrived.body as { assessment: { reviewId: string } }).assessment;
    await post(who, `reviews/${reviewId}/claim`).expect(200);
    return reviewId;
  };

  it('outlive the session of whoever gave them, and are told once however often a key is sent', async () => {
    const giver = await someone('giver', 'triage_nurse');
    const receiver = await someone('receiver', 'physician');
    const ids = [await claimed(giver), await claimed(giver)];
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => post(giver, 'me/handovers', { receiverId: receiver.id, note: '见交班本' }, key)),
    );
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    const { handoverId } = answers[0]!.body as { handoverId: string };
    expect(await sqlAs(postgres.migrationUrl, 'select from shift_handover')).toHaveLength(1);
    await post(giver, 'auth/logout').expect(204);

    const { body: waiting } = await receiver.get('/api/me/handovers').expect(200);
    expect(waiting).toMatchObject({ received: [{ handoverId, note: '见交班本' }] });
    const { body: told } = await receiver.get('/api/notices').expect(200);
    expect((told as { items: object[] }).items).toMatchObject([{ kind: 'handover', data: { handoverId } }]);
    const answered = await post(receiver, `me/handovers/${handoverId}/acknowledgements`, { answer: 'accept' });
    expect([answered.status, answered.body.results]).toMatchObject([
      200,
      ids.map((reviewId) => ({ reviewId, outcome: 'accepted' })),
    ]);
    const { body: mine } = await receiver.get('/api/reviews?mine=true').expect(200);
    expect((mine as { items: { reviewId: string }[] }).items.map(({ reviewId }) => reviewId).toSorted()).toEqual(
      ids.toSorted(),
    );
  });

  it('are refused in the language of whoever asks when the receiver may not sign', async () => {
    const giver = await someone('giver2', 'charge_nurse');
    const coder = await someone('coder', 'coder');
    const reviewId = await claimed(giver);
    const titles = [];
    for (const language of ['zh-CN', 'en']) {
      const refused = await post(giver, 'me/handovers', { receiverId: coder.id }).set('accept-language', language);
      expect([refused.status, refused.body]).toMatchObject([
        422,
        { code: 'RECEIVER_NOT_ENTITLED', reviews: [reviewId] },
      ]);
      titles.push((refused.body as { title: string }).title);
    }
    expect(titles[0]).toContain('接班人');
    expect(titles[1]).toContain('the receiver may not sign');
    await post(coder, 'me/handovers').expect(403);
  });
});
