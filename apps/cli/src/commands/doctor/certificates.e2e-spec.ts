import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AnyConfig } from '#libs/config/config';
import { loadConfig } from '#libs/config/load-config';
import { issue, makeAuthority, type Pair } from '#libs/tls/certificates';
import { examineCertificates } from './certificates';

const day = 86_400_000;
const now = new Date('2026-11-23T08:00:00Z');
const hosts = ['desk.hospital.example'] as const;

describe('the certificates of an installation', () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-certificates-'));
  const [cert, key] = [join(folder, 'server.pem'), join(folder, 'server.key')];
  let authority: Pair;
  let server: Pair;

  beforeAll(async () => {
    authority = await makeAuthority(now);
    server = await issue(authority, { kind: 'server', hosts }, { now, days: 397 });
  });
  beforeEach(() => put(server));
  afterAll(() => rmSync(folder, { recursive: true }));

  const put = (pair: Pair): void => {
    writeFileSync(cert, pair.cert);
    writeFileSync(key, pair.key, { mode: 0o600 });
    chmodSync(key, 0o600);
  };
  const configOf = (env: Record<string, string>): AnyConfig => {
    const loaded = loadConfig(env, { part: 'start' });
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.errors));
    return loaded.config;
  };
  const config = (): AnyConfig => configOf({ TLS_CERT_FILE: cert, TLS_KEY_FILE: key });
  const at = (days: number) => examineCertificates(config(), new Date(now.getTime() + days * day));

  it('are fine while they hold for a month and more', () => {
    expect(at(0)).toEqual([{ check: 'TLS', state: 'ok', text: `${cert} holds until 2027-12-25` }]);
    expect(examineCertificates(configOf({}), now)).toEqual([]);
  });

  it.each([
    [366, 'ok', 'until 2027-12-25'],
    [368, 'warn', '29 day(s) more'],
    [396.5, 'warn', '0 day(s) more'],
    [398, 'fail', 'expired on 2027-12-25'],
    [-1, 'fail', 'holds from'],
  ])('after %p days: %s', (days, state, text) => {
    const [finding] = at(days);
    expect(finding).toMatchObject({ state, text: expect.stringContaining(text) });
    if (days > 366) expect(finding?.advice).toContain('countersign tls renew');
  });

  it('need the key that belongs to them, for its owner alone', async () => {
    chmodSync(key, 0o644);
    expect(at(0)[1]).toEqual({
      check: 'TLS',
      state: 'warn',
      text: `others can read ${key}`,
      advice: `chmod 600 ${key}`,
    });
    const production: AnyConfig = { ...config(), profile: 'production' };
    expect(examineCertificates(production, now)[1]).toMatchObject({ state: 'fail' });
    put({ ...server, key: (await issue(authority, { kind: 'server', hosts }, { now, days: 1 })).key });
    expect(at(0)[1]).toMatchObject({ state: 'fail', text: expect.stringContaining('not the key') });
    writeFileSync(key, 'nonsense');
    expect(at(0)[1]).toMatchObject({ state: 'fail', text: `${key}: cannot be used` });
  });

  it('are named where they are missing or none, whoever needs them', () => {
    writeFileSync(cert, 'nonsense');
    const none = join(folder, 'none.pem');
    const findings = examineCertificates(
      configOf({
        MLLP_PORT: '2575',
        MLLP_TOKEN: 't',
        MLLP_TLS_CERT_FILE: cert,
        MLLP_TLS_KEY_FILE: key,
        MLLP_TLS_CLIENT_CA_FILE: none,
        TEMPORAL_TLS_CA_FILE: none,
        TEMPORAL_TLS_CERT_FILE: cert,
        TEMPORAL_TLS_KEY_FILE: key,
        DEEPSEEK_CA_FILE: none,
      }),
      now,
    );
    expect(findings.map(({ check, state, text }) => `${state} ${check}: ${text.split(': ')[1]}`)).toEqual([
      'fail MLLP TLS: cannot be used',
      'fail MLLP senders: is not there',
      'fail Temporal authority: is not there',
      'fail Temporal TLS: cannot be used',
      'fail model authority: is not there',
    ]);
  });
});
