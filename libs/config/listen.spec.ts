import type { AnyConfig } from './config';
import type { Environment } from './environment';
import { loadConfig } from './load-config';

const load = (env: Environment): AnyConfig => {
  const loaded = loadConfig(env, { part: 'start' });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.errors));
  return loaded.config;
};

describe('where the API listens', () => {
  const tls = { TLS_CERT_FILE: '/etc/tls.pem', TLS_KEY_FILE: '/etc/tls.key' };

  it.each<[string, Environment, string]>([
    ['loopback without TLS or a trusted proxy', {}, 'loopback 127.0.0.1'],
    ['the loopback address that was asked', { API_HOST: '::1' }, 'loopback ::1'],
    ['the network with TLS', tls, 'network 0.0.0.0'],
    ['the network behind a trusted proxy', { TRUSTED_PROXY_CIDRS: '10.0.0.5' }, 'network 0.0.0.0'],
    ['the address that was asked, with TLS', { ...tls, API_HOST: '10.0.0.7' }, 'network 10.0.0.7'],
    ['loopback with TLS when asked', { ...tls, API_HOST: 'localhost' }, 'loopback localhost'],
  ])('is %s', (_what, env, expected) => {
    const { listen } = load(env);
    expect(`${listen.reach} ${listen.host}`).toBe(expected);
    expect(listen.why.en.length * listen.why.zh.length).toBeGreaterThan(0);
  });

  it.each(['10.0.0.7', '0.0.0.0', '::'])(
    'is not %s without TLS or a trusted proxy: it says what to set',
    (API_HOST) => {
      const loaded = loadConfig({ API_HOST }, { part: 'start' });
      const [error] = loaded.ok ? [] : loaded.errors;
      expect(error).toMatchObject({ variable: 'API_HOST' });
      for (const rule of [error?.rule, error?.ruleZh])
        for (const name of ['TLS_CERT_FILE', 'TLS_KEY_FILE', 'TRUSTED_PROXY_CIDRS', 'countersign tls init'])
          expect(rule).toContain(name);
    },
  );

  it('says why it is loopback only, naming what to set', () => {
    const { why } = load({}).listen;
    for (const name of ['TLS_CERT_FILE', 'TLS_KEY_FILE', 'TRUSTED_PROXY_CIDRS']) {
      expect(why.en).toContain(name);
      expect(why.zh).toContain(name);
    }
  });

  it('hands on certificate and proxies', () => {
    const { listen } = load({ ...tls, TRUSTED_PROXY_CIDRS: '10.0.0.5/32,10.0.0.6' });
    expect(listen.tls).toEqual({ certFile: '/etc/tls.pem', keyFile: '/etc/tls.key' });
    expect(listen.trustedProxies).toEqual(['10.0.0.5/32', '10.0.0.6']);
  });
});
