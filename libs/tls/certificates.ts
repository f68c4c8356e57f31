import 'reflect-metadata';
import { createPrivateKey, randomBytes, webcrypto, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  cryptoProvider,
  type Extension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate as Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** A certificate and its private key, PEM. */
export interface Pair {
  readonly cert: string;
  readonly key: string;
}

/** What a certificate is for: a listener of ours, by host names and addresses, or somebody who calls one, by name. */
export type Purpose =
  | { readonly kind: 'server'; readonly hosts: readonly [string, ...string[]] }
  | { readonly kind: 'client'; readonly name: string };

const day = 86_400_000;
const authorityDays = 3650;
const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const signing = { ...algorithm, hash: 'SHA-256' } as const;

/** A certificate holds from an hour ago: the clock of whoever checks it may be behind. */
const lifetime = (now: Date, days: number): { notBefore: Date; notAfter: Date } => ({
  notBefore: new Date(now.getTime() - 3_600_000),
  notAfter: new Date(now.getTime() + days * day),
});

/* Positive, as RFC 5280 wants it: the first bit is 0, the first byte is not. */
const serialNumber = (): string => {
  const bytes = randomBytes(16);
  bytes.writeUInt8((bytes.readUInt8() & 0x3f) | 0x40);
  return bytes.toString('hex');
};

const newKeys = (): Promise<webcrypto.CryptoKeyPair> => {
  cryptoProvider.set(webcrypto as unknown as Parameters<typeof cryptoProvider.set>[0]);
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
};

const pemOfKey = async (key: webcrypto.CryptoKey): Promise<string> => {
  const bytes = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key));
  return createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' })
    .export({ format: 'pem', type: 'pkcs8' })
    .toString();
};

const pairOf = async (certificate: Certificate, key: webcrypto.CryptoKey): Promise<Pair> => ({
  cert: `${certificate.toString('pem')}\n`,
  key: await pemOfKey(key),
});

/** Makes an authority for this hospital alone, good for ten years; it can sign certificates and no further authority. */
export const makeAuthority = async (now: Date): Promise<Pair> => {
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: `CN=Countersign local CA ${randomBytes(4).toString('hex')}`,
    ...lifetime(now, authorityDays),
    signingAlgorithm: signing,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return pairOf(certificate, keys.privateKey);
};

const purposeOf = (purpose: Purpose): { subject: string; extensions: Extension[] } => {
  if (purpose.kind === 'client')
    return {
      subject: `CN=${purpose.name}`,
      extensions: [new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth])],
    };
  const names = purpose.hosts.map((value) => ({ type: isIP(value) ? ('ip' as const) : ('dns' as const), value }));
  return {
    subject: `CN=${purpose.hosts[0]}`,
    extensions: [
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(names),
    ],
  };
};

/**
 * Issues a certificate with a key of its own, never beyond the authority's own end. Hosts and names are of the forms
 * that {@link isHost} and {@link isName} let through. Throws when the authority's certificate is over.
 */
export const issue = async (
  authority: Pair,
  purpose: Purpose,
  { now, days }: { now: Date; days: number },
): Promise<Pair> => {
  const keys = await newKeys();
  const issuer = new Certificate(authority.cert);
  if (issuer.notAfter <= now) throw new Error('the authority’s own certificate has expired: make another one');
  const der = createPrivateKey(authority.key).export({ format: 'der', type: 'pkcs8' });
  const signingKey = await webcrypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']);
  const { subject, extensions } = purposeOf(purpose);
  const { notBefore, notAfter } = lifetime(now, days);
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject,
    issuer: issuer.subject,
    notBefore,
    notAfter: notAfter < issuer.notAfter ? notAfter : issuer.notAfter,
    signingAlgorithm: signing,
    publicKey: keys.publicKey,
    signingKey,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      ...extensions,
      await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return pairOf(certificate, keys.privateKey);
};

/** Whether this is a host name or an address that a certificate can name; a wildcard is neither. */
export const isHost = (text: string): boolean =>
  isIP(text) > 0 ||
  /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i.test(text);

/** Whether this can name who calls: plain letters, digits, dot, dash and underscore, since it is a file’s name too. */
export const isName = (text: string): boolean => /^[a-z0-9][a-z0-9._-]{0,62}$/i.test(text);

/** The host names and addresses of a server's certificate (PEM). */
export const hostsOf = (cert: string): string[] =>
  (new X509Certificate(cert).subjectAltName ?? '')
    .split(', ')
    .flatMap((name) => /^(?:DNS|IP Address):(.+)$/.exec(name)?.[1] ?? []);
