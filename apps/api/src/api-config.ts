import { type Throttle } from '#libs/auth/throttle';

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
  /** By what contract durations are multiplied. */
  readonly timeScale: number;
  readonly sessions: { readonly idleMs: number; readonly absoluteMs: number };
  readonly throttle: Throttle;
  /** How often an event stream says that it lives, and looks at its session again. */
  readonly events: { readonly beatMs: number; readonly recheckMs: number };
}
