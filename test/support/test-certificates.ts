import { issue, makeAuthority, type Pair } from '#libs/tls/certificates';

/** A certificate and its key, PEM. */
export interface TestCertificate {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** An authority of a test, and what it signed for this machine and for a caller. */
export interface TestAuthority {
  readonly ca: Buffer;
  readonly server: TestCertificate;
  readonly client: TestCertificate;
}

const bytesOf = ({ cert, key }: Pair): TestCertificate => ({ cert: Buffer.from(cert), key: Buffer.from(key) });

/** Makes an authority that nobody else trusts, with certificates that are good for two days. */
export const testAuthority = async (): Promise<TestAuthority> => {
  const life = { now: new Date(), days: 2 };
  const authority = await makeAuthority(life.now);
  return {
    ca: Buffer.from(authority.cert),
    server: bytesOf(await issue(authority, { kind: 'server', hosts: ['localhost', '127.0.0.1'] }, life)),
    client: bytesOf(await issue(authority, { kind: 'client', name: 'sender' }, life)),
  };
};
