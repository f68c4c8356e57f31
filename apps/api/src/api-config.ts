import { type Throttle } from '#libs/auth/throttle';
import { type PaceLimits } from './auth/pace';
import { type Charset } from '#libs/interop/hl7v2/charset';

/** Where HL7 v2 comes in over MLLP, and on whose behalf. */
export interface MllpConfig {
  readonly host: string;
  /** Ports by the character set of messages that name none; 0 is any free one. */
  readonly ports: Readonly<Partial<Record<Charset, number>>>;
  /** Of a service account with the scope hl7v2:write. */
  readonly token: string;
  /** PEM; with `clientCa` only senders with a certificate of that authority. */
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer; readonly clientCa?: Buffer };
  /** Addresses (CIDR) that may connect; all where empty. */
  readonly senders: readonly string[];
  /** Shorter times and smaller sizes, for tests. */
  readonly limits?: Readonly<Partial<Record<'maxBytes' | 'frameMs' | 'idleMs' | 'connections', number>>>;
}

/** What the API needs to know; all durations already scaled. */
export interface ApiConfig {
  readonly profile: 'demo' | 'production';
  readonly databaseUrl: string;
  readonly poolSize: number;
  /** The key that wraps the data keys (32 bytes). */
  readonly kek: Buffer;
  readonly logLevel: string;
  /** PEM; absent where a proxy or nobody does TLS. */
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer };
  /** Addresses (CIDR) of proxies whose X-Forwarded-* is believed. */
  readonly trustedProxies: readonly string[];
  /** Absent where no MLLP port is set. */
  readonly mllp?: MllpConfig;
  /** By what contract durations are multiplied. */
  readonly timeScale: number;
  readonly sessions: { readonly idleMs: number; readonly absoluteMs: number };
  readonly throttle: Throttle;
  readonly pace: PaceLimits;
  /** How often an event stream says that it lives, and looks at its session again. */
  readonly events: { readonly beatMs: number; readonly recheckMs: number };
  /** The configuration as administrators may see it: no password, no key, no token. */
  readonly printable: Readonly<Record<string, unknown>>;
}
