import { hostname } from 'node:os';
import type { Config } from '#libs/config/config';
import { identityOf, securityOf, type TemporalSettings } from './temporal-settings';

const plain = { address: '127.0.0.1:7233', namespace: 'countersign' };

describe('TemporalSettings', () => {
  it('are what the configuration of a part gives', () => {
    const from = ({ temporal }: Pick<Config<'worker'>, 'temporal'>): TemporalSettings => temporal;
    const temporal = { ...plain, retentionDays: 3, serverDir: undefined };
    expect(from({ temporal })).toBe(temporal);
  });
});

describe('securityOf', () => {
  it('is plain without TLS settings, and TLS with empty ones', () => {
    expect(securityOf(plain)).toEqual({});
    expect(securityOf({ ...plain, tls: {} })).toEqual({ tls: {} });
  });

  it('reads the certificates that are named', () => {
    const tls = { caFile: __filename, certFile: __filename, keyFile: __filename, serverName: 'temporal.hospital' };
    const security = securityOf({ ...plain, tls, apiKey: 'secret' });
    expect(security.apiKey).toBe('secret');
    expect(security.tls?.serverNameOverride).toBe('temporal.hospital');
    expect(Buffer.from(security.tls?.serverRootCACertificate ?? []).toString()).toContain('securityOf');
    expect(security.tls?.clientCertPair?.key).toEqual(security.tls?.clientCertPair?.crt);
  });

  it('takes a client certificate only together with its key', () => {
    expect(securityOf({ ...plain, tls: { certFile: __filename } })).toEqual({ tls: {} });
  });

  it('fails on a certificate that cannot be read', () => {
    expect(() => securityOf({ ...plain, tls: { caFile: '/nowhere/ca.pem' } })).toThrow('ENOENT');
  });
});

describe('identityOf', () => {
  it('names part and process, never the host', () => {
    expect(identityOf('worker')).toBe(`countersign-worker@${process.pid}`);
    expect(identityOf('worker')).not.toContain(hostname());
  });
});
