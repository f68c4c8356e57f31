import { formatConfigErrors } from './config-error';
import type { Environment } from './environment';
import { loadConfig } from './load-config';

const wrong = (env: Environment, part: 'start' | 'worker' = 'start'): string[] => {
  const loaded = loadConfig(env, { part });
  return loaded.ok ? [] : loaded.errors.map((error) => error.variable);
};
const feed = (env: Environment) => {
  const loaded = loadConfig({ MLLP_TOKEN: 'cs_x', ...env }, { part: 'start' });
  if (!loaded.ok) throw new Error(formatConfigErrors(loaded.errors));
  return loaded.config.feed;
};
const tls = { MLLP_TLS_CERT_FILE: '/s/cert', MLLP_TLS_KEY_FILE: '/s/key' };

describe('the configuration of the feed', () => {
  it('is none without a port', () => {
    expect(feed({})).toBeUndefined();
    expect(feed({ MLLP_HOST: '10.0.0.1', ...tls })).toBeUndefined();
  });

  it('listens on this machine only, unless TLS ends here or it is said who sends', () => {
    const port = { MLLP_PORT: '2575' };
    expect(feed(port)?.host).toBe('127.0.0.1');
    expect(feed({ ...port, MLLP_HOST: '10.0.0.1' })?.host).toBe('127.0.0.1');
    expect(feed({ ...port, MLLP_HOST: '::1' })?.host).toBe('::1');
    expect(feed({ ...port, ...tls })?.host).toBe('0.0.0.0');
    expect(feed({ ...port, MLLP_SENDER_CIDRS: '10.8.0.7' })).toMatchObject({ host: '0.0.0.0', senders: ['10.8.0.7'] });
  });

  it('has a port for each character set', () => {
    const ports = { MLLP_PORT: '2575', MLLP_PORT_GB18030: '2576' };
    expect(feed(ports)?.ports).toEqual({ 'utf-8': 2575, gb18030: 2576 });
    expect(wrong({ ...ports, MLLP_PORT_GB18030: '2575', MLLP_TOKEN: 'cs_x' })).toEqual(['MLLP_PORT_GB18030']);
  });

  it('needs a token, where it is listened', () => {
    expect(wrong({ MLLP_PORT_GB18030: '2576' })).toEqual(['MLLP_TOKEN']);
    expect(wrong({ MLLP_PORT: '2575' }, 'worker')).not.toContain('MLLP_TOKEN');
  });

  it('takes certificate and key together, and client certificates only with them', () => {
    const port = { MLLP_PORT: '2575', MLLP_TOKEN: 'cs_x' };
    expect(wrong({ ...port, MLLP_TLS_CERT_FILE: '/s/cert' })).toEqual(['MLLP_TLS_KEY_FILE']);
    expect(wrong({ ...port, MLLP_TLS_CLIENT_CA_FILE: '/s/ca' })).toEqual(['MLLP_TLS_CERT_FILE']);
    expect(feed({ ...port, ...tls, MLLP_TLS_CLIENT_CA_FILE: '/s/ca' })?.tls?.clientCaFile).toBe('/s/ca');
  });
});
