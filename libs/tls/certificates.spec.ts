import { X509Certificate } from 'node:crypto';
import { hostsOf, isHost, isName, issue, makeAuthority, type Pair } from './certificates';

const now = new Date('2026-11-23T08:00:00Z');
const plusDays = (days: number): Date => new Date(now.getTime() + days * 86_400_000);

describe('an authority of a hospital', () => {
  let authority: Pair;
  let server: Pair;

  beforeAll(async () => {
    authority = await makeAuthority(now);
    server = await issue(
      authority,
      { kind: 'server', hosts: ['desk.hospital.example', '10.0.0.7', '::1'] },
      { now, days: 397 },
    );
  });

  it('signs for ten years, under a name of its own, and no further authority', async () => {
    const certificate = new X509Certificate(authority.cert);
    expect(certificate.ca).toBe(true);
    expect(certificate.validToDate).toEqual(plusDays(3650));
    expect(certificate.checkIssued(certificate) && certificate.verify(certificate.publicKey)).toBe(true);
    expect(new X509Certificate((await makeAuthority(now)).cert).subject).not.toBe(certificate.subject);
  });

  it('issues for host names and addresses, so long as was asked', () => {
    const [certificate, by] = [new X509Certificate(server.cert), new X509Certificate(authority.cert)];
    expect(certificate.ca).toBe(false);
    expect(certificate.checkIssued(by) && certificate.verify(by.publicKey)).toBe(true);
    expect([certificate.validFromDate, certificate.validToDate]).toEqual([
      new Date('2026-11-23T07:00:00Z'),
      plusDays(397),
    ]);
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(certificate.checkHost('desk.hospital.example')).toBe('desk.hospital.example');
    expect(certificate.checkHost('other.hospital.example')).toBeUndefined();
    expect([certificate.checkIP('10.0.0.7'), certificate.checkIP('10.0.0.8')]).toEqual(['10.0.0.7', undefined]);
    expect(hostsOf(server.cert)).toEqual(['desk.hospital.example', '10.0.0.7', '0:0:0:0:0:0:0:1']);
  });

  it('never issues beyond its own end, and nothing after it', async () => {
    const late = { now: plusDays(3640), days: 397 };
    const last = await issue(authority, { kind: 'client', name: 'worker' }, late);
    expect(new X509Certificate(last.cert).validToDate).toEqual(plusDays(3650));
    const over = issue(authority, { kind: 'client', name: 'worker' }, { now: plusDays(3651), days: 1 });
    await expect(over).rejects.toThrow('expired');
  });
});

describe('what a certificate can name', () => {
  it.each(['desk', 'desk.hospital.example', 'a-b.c', '10.0.0.7', '::1', 'xn--fiq228c.example'])(
    '%s is a host',
    (host) => {
      expect(isHost(host)).toBe(true);
    },
  );

  it.each(['', '*.hospital.example', 'a b', '-a', 'a..b', 'a,DNS:b', '医院.example', `${'a'.repeat(64)}.b`, '../x'])(
    '%j is none',
    (host) => {
      expect(isHost(host)).toBe(false);
    },
  );

  it('is a plain word for whoever calls', () => {
    expect(['worker', 'his-1.a_b'].every(isName)).toBe(true);
    expect(['', '../x', 'a/b', 'a,O=b', '.hidden', 'a'.repeat(64)].some(isName)).toBe(false);
  });
});
