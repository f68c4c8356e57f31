import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate and its key, PEM. */
export interface TestCertificate {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** An authority of a test, and what it signed for 127.0.0.1 and for a sender. */
export interface TestAuthority {
  readonly ca: Buffer;
  readonly server: TestCertificate;
  readonly client: TestCertificate;
}

const openssl = (folder: string, name: string, more: readonly string[]): TestCertificate => {
  const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)];
  const fresh = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  execFileSync('openssl', [...fresh, '-subj', `/CN=${name}`, '-keyout', key, '-out', cert, ...more], {
    stdio: 'ignore',
  });
  return { cert: readFileSync(cert), key: readFileSync(key) };
};

/** Whether certificates can be made on this machine. */
export const canMakeCertificates = (): boolean => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false; // not installed: a test says that it is skipped
  }
};

/** Makes an authority that is good for two days and trusted by nobody else. */
export const makeAuthority = (): TestAuthority => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-ca-'));
  try {
    const ca = openssl(folder, 'ca', []);
    const signed = ['-CA', join(folder, 'ca.pem'), '-CAkey', join(folder, 'ca.key')];
    const leaf = [...signed, '-addext', 'basicConstraints=critical,CA:FALSE'];
    return {
      ca: ca.cert,
      server: openssl(folder, 'server', [...leaf, '-addext', 'subjectAltName=IP:127.0.0.1']),
      client: openssl(folder, 'client', leaf),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
