import request from 'supertest';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { startTestPostgres, type TestPostgres } from '../../../test/support/embedded';
import { migrateTestDatabase, startTestApi, testApiConfig } from '../../../test/support/test-api';

describe('the API', () => {
  let postgres: TestPostgres;
  let app: NestExpressApplication;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    await migrateTestDatabase(postgres.migrationUrl);
    ({ app } = await startTestApi(testApiConfig(postgres.url)));
  });

  afterAll(async () => {
    await app?.close();
    await postgres?.stop();
  });

  it('says it is up', async () => {
    const answer = await request(app.getHttpServer()).get('/healthz');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('answers an unknown route as a problem', async () => {
    const answer = await request(app.getHttpServer()).get('/api/nothing').set('accept-language', 'en');
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({ code: 'NOT_FOUND', status: 404 });
  });
});
