import { get, type IncomingHttpHeaders, request as plainRequest } from 'node:http';
import { get as getHttps } from 'node:https';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { hashPassword } from '#libs/auth/password';
import { startTestPostgres, type TestPostgres } from '../../../../test/support/embedded';
import { migrateTestDatabase, sqlAs, startTestApi, testApiConfig } from '../../../../test/support/test-api';
import { testAuthority } from '../../../../test/support/test-certificates';
import { makeHospital } from '../../../../test/support/test-people';

const [proxy, elsewhere] = ['127.0.0.2', '127.0.0.3'];
const hsts = 'max-age=63072000; includeSubDomains';

/** What a client sends from an address of this machine; Linux takes all of 127.0.0.0/8 for its own. */
interface Sent {
  readonly from: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const headersOf = (url: string, { from, headers = {} }: Sent): Promise<IncomingHttpHeaders> =>
  new Promise((resolve, reject) => {
    get(url, { localAddress: from, headers, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.headers);
    }).once('error', reject);
  });

const post = (url: string, body: object, { from, headers = {} }: Sent): Promise<number> =>
  new Promise((resolve, reject) => {
    const options = { method: 'POST', localAddress: from, agent: false };
    plainRequest(url, { ...options, headers: { 'content-type': 'application/json', ...headers } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    })
      .once('error', reject)
      .end(JSON.stringify(body));
  });

describe('an API behind a trusted proxy', () => {
  let postgres: TestPostgres;
  let app: NestExpressApplication;
  let url: string;
  const password = 'a long enough password';

  beforeAll(async () => {
    postgres = await startTestPostgres();
    await migrateTestDatabase(postgres.migrationUrl);
    const hospital = await makeHospital(postgres.migrationUrl);
    const nurse = await hospital.person('nurse', [['triage_nurse', null]]);
    const hash = await hashPassword(password);
    await sqlAs(postgres.migrationUrl, 'update app_user set password_hash = $2, login = $3 where id = $1', [
      nurse.id,
      hash,
      'nurse',
    ]);
    ({ app, url } = await startTestApi(testApiConfig(postgres.url, { trustedProxies: [`${proxy}/32`] })));
  });
  afterAll(async () => {
    await app?.close();
    await postgres?.stop();
  });

  const forwarded = { 'x-forwarded-for': '10.9.8.7', 'x-forwarded-proto': 'https' };
  /** From where the audit says that the last sign-in came. */
  const audited = async (sent: Sent, secret = password): Promise<unknown> => {
    await post(`${url}/api/auth/login`, { login: 'nurse', password: secret }, sent);
    const sql = `select outcome, detail ->> 'from' "from" from audit where action = 'auth.login' order by at desc limit 1`;
    return (await sqlAs(postgres.migrationUrl, sql))[0];
  };

  it('audits a sign-in with the address the proxy names, the last one that is none of its own', async () => {
    expect(await audited({ from: proxy, headers: forwarded })).toEqual({ outcome: 'done', from: '10.9.8.7' });
    const chain = { 'x-forwarded-for': `6.6.6.6, 10.9.8.7, ${proxy}` };
    expect(await audited({ from: proxy, headers: chain })).toEqual({ outcome: 'done', from: '10.9.8.7' });
    expect(await audited({ from: proxy, headers: forwarded }, 'wrong')).toEqual({
      outcome: 'refused',
      from: '10.9.8.7',
    });
  });

  it('does not believe who forges the headers from elsewhere', async () => {
    expect(await audited({ from: elsewhere, headers: forwarded })).toEqual({ outcome: 'done', from: elsewhere });
    const forged = await headersOf(`${url}/healthz`, { from: elsewhere, headers: forwarded });
    expect(forged['strict-transport-security']).toBeUndefined();
    const named = { ...forwarded, host: 'hospital.example', 'x-forwarded-host': 'evil.example' };
    const cross = { ...named, origin: 'https://evil.example' };
    const answered = (from: string) =>
      post(`${url}/api/auth/login`, { login: 'x', password: 'y' }, { from, headers: cross });
    expect(await answered(elsewhere)).toBe(403);
    expect(await answered(proxy)).toBe(401);
  });

  it('asks browsers to stay encrypted where the proxy says that they are', async () => {
    const encrypted = await headersOf(`${url}/healthz`, { from: proxy, headers: forwarded });
    expect(encrypted['strict-transport-security']).toBe(hsts);
    const plain = await headersOf(`${url}/healthz`, { from: proxy, headers: { 'x-forwarded-proto': 'http' } });
    expect(plain['strict-transport-security']).toBeUndefined();
  });

  it('does TLS itself with a certificate, and asks browsers to stay with it', async () => {
    const { ca, server } = await testAuthority();
    const secure = await startTestApi(testApiConfig(postgres.url, { tls: server }));
    try {
      const answered = await new Promise<IncomingHttpHeaders>((resolve, reject) => {
        const headers = { 'x-forwarded-for': '10.9.8.7' };
        getHttps(`${secure.url}/healthz`, { ca, headers, agent: false }, (answer) => {
          answer.resume();
          resolve(answer.headers);
        }).once('error', reject);
      });
      expect(answered['strict-transport-security']).toBe(hsts);
      await expect(headersOf(secure.url.replace('https', 'http'), { from: elsewhere })).rejects.toThrow();
    } finally {
      await secure.app.close();
    }
  });
});
