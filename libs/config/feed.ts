import type { Values } from './environment-schema';
import { isLoopback } from './listen';

/** Where HL7 v2 comes in over MLLP; undefined where no port is set. */
export interface FeedConfig {
  readonly host: string;
  /** Ports by the character set of messages that name none. */
  readonly ports: Readonly<Partial<Record<'utf-8' | 'gb18030', number>>>;
  /** Of the service account that takes the messages in. */
  readonly token: string | undefined;
  readonly tls: FeedTls | undefined;
  /** Who may connect; everybody who reaches the port where empty. */
  readonly senders: readonly string[];
}

/** Paths of PEM files; with `clientCaFile` only senders with a certificate of that authority. */
export interface FeedTls {
  readonly certFile: string;
  readonly keyFile: string;
  readonly clientCaFile: string | undefined;
}

const tlsOf = (values: Values): FeedTls | undefined => {
  const { MLLP_TLS_CERT_FILE: certFile, MLLP_TLS_KEY_FILE: keyFile, MLLP_TLS_CLIENT_CA_FILE: clientCaFile } = values;
  return certFile && keyFile ? { certFile, keyFile, clientCaFile } : undefined;
};

/** Like the API it listens on the network only where TLS ends here, or where it is said who may connect. */
export const feedConfig = (values: Values): FeedConfig | undefined => {
  const { MLLP_PORT: utf8, MLLP_PORT_GB18030: gb18030, MLLP_HOST: asked, MLLP_TOKEN: token } = values;
  if (utf8 === undefined && gb18030 === undefined) return undefined;
  const ports = { ...(utf8 !== undefined && { 'utf-8': utf8 }), ...(gb18030 !== undefined && { gb18030 }) };
  const senders = values.MLLP_SENDER_CIDRS ?? [];
  const tls = tlsOf(values);
  const guarded = tls !== undefined || senders.length > 0;
  return { host: guarded || isLoopback(asked) ? asked : '127.0.0.1', ports, token, tls, senders };
};
