import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { type AnyConfig } from '#libs/config/config';
import { isOpen } from '#libs/crypto/kek-file';
import { fail, type Finding, ok, warn } from './finding';

/** A certificate that the configuration names, with its key where it is ours. */
interface Named {
  readonly check: string;
  readonly cert: string;
  readonly key?: string | undefined;
}

const day = 86_400_000;
const soonDays = 30;
const renewal = 'countersign tls renew where it is of a local authority, otherwise ask who issued it; then restart';

/** Whether every certificate that is configured can be used, holds for a while, and has its key to itself. */
export const examineCertificates = (config: AnyConfig, now = new Date()): Finding[] =>
  namedIn(config).flatMap((named) => examineOne(named, { strict: config.profile === 'production', now }));

const namedIn = ({ listen, feed, temporal, model }: AnyConfig): Named[] => {
  const [api, mllp, caller] = [listen.tls, feed?.tls, temporal.tls];
  const all: readonly (Omit<Named, 'cert'> & { readonly cert: string | undefined })[] = [
    { check: 'TLS', cert: api?.certFile, key: api?.keyFile },
    { check: 'MLLP TLS', cert: mllp?.certFile, key: mllp?.keyFile },
    { check: 'MLLP senders', cert: mllp?.clientCaFile },
    { check: 'Temporal authority', cert: caller?.caFile },
    { check: 'Temporal TLS', cert: caller?.certFile, key: caller?.keyFile },
    { check: 'model authority', cert: model.caFile },
  ];
  return all.flatMap(({ cert, ...named }) => (cert === undefined ? [] : [{ ...named, cert }]));
};

const examineOne = (named: Named, of: { strict: boolean; now: Date }): Finding[] => {
  const { check, cert, key } = named;
  const certificate = parsed(cert, (text) => new X509Certificate(text));
  if (typeof certificate === 'string')
    return [fail(check, `${cert}: ${certificate}`, 'a certificate in PEM is needed')];
  return [
    validity(named, certificate, of.now),
    ...(key === undefined ? [] : examineKey({ check, key }, certificate, of)),
  ];
};

const validity = ({ check, cert }: Named, { validFromDate, validToDate }: X509Certificate, now: Date): Finding => {
  const end = validToDate.toISOString().slice(0, 10);
  const left = Math.floor((validToDate.getTime() - now.getTime()) / day);
  if (validFromDate > now)
    return fail(check, `${cert} holds from ${validFromDate.toISOString()}`, 'set the clock by NTP');
  if (left < 0) return fail(check, `${cert} expired on ${end}`, renewal);
  const text = `${cert} holds until ${end}`;
  return left < soonDays ? warn(check, `${text}: ${left} day(s) more`, renewal) : ok(check, text);
};

const examineKey = (
  { check, key }: { check: string; key: string },
  certificate: X509Certificate,
  { strict }: { strict: boolean },
): Finding[] => {
  const found = parsed<KeyObject>(key, createPrivateKey);
  if (typeof found === 'string')
    return [fail(check, `${key}: ${found}`, 'a private key in PEM is needed, without a password')];
  const belongs = certificate.checkPrivateKey(found)
    ? []
    : [fail(check, `${key} is not the key of the certificate`, 'take both from the same issue')];
  const { mode, uid } = statSync(key);
  if (!isOpen(mode, uid)) return belongs;
  return [...belongs, (strict ? fail : warn)(check, `others can read ${key}`, `chmod 600 ${key}`)];
};

/* What a parser says may quote the file, so it is not repeated. */
const parsed = <T extends object>(path: string, parse: (text: string) => T): T | string => {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT') return 'is not there';
    return code === 'EACCES' ? 'cannot be read by this account' : 'cannot be used';
  }
};
