import type { Bilingual } from './bilingual';
import type { Values } from './environment-schema';

/** Where the API listens, and why there; `why` is for the start-up lines and `doctor`. */
export interface ListenConfig {
  readonly host: string;
  readonly port: number;
  readonly tls: { readonly certFile: string; readonly keyFile: string } | undefined;
  /** Only these addresses' forwarding headers are believed. */
  readonly trustedProxies: readonly string[];
  readonly reach: 'network' | 'loopback';
  readonly why: Bilingual;
}

const because = {
  tls: { en: 'TLS is configured', zh: '已配置 TLS' },
  proxy: { en: 'a trusted proxy does TLS', zh: '由可信代理提供 TLS' },
  neither: {
    en: 'loopback only: without TLS_CERT_FILE and TLS_KEY_FILE or TRUSTED_PROXY_CIDRS browsers elsewhere would get neither secure cookies nor Web Crypto',
    zh: '仅本机：未设置 TLS_CERT_FILE 与 TLS_KEY_FILE 或 TRUSTED_PROXY_CIDRS 时，其他机器的浏览器无法使用安全 Cookie 和 Web Crypto',
  },
} as const;

/** Whether an address is of this machine only. */
export const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.');

/** What makes it safe to listen on the network: TLS that ends here, or a proxy that is named. */
export const securedBy = (values: Partial<Values>): keyof typeof because => {
  if (values.TLS_CERT_FILE !== undefined && values.TLS_KEY_FILE !== undefined) return 'tls';
  return values.TRUSTED_PROXY_CIDRS?.length ? 'proxy' : 'neither';
};

/** Listens on the network only where it is secured; the rules refuse an address that asks for more. */
export const listenConfig = (values: Values): ListenConfig => {
  const { TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile, TRUSTED_PROXY_CIDRS: trustedProxies = [] } = values;
  const secured = securedBy(values);
  const host = values.API_HOST ?? (secured === 'neither' ? '127.0.0.1' : '0.0.0.0');
  return {
    host,
    port: values.API_PORT,
    tls: certFile && keyFile ? { certFile, keyFile } : undefined,
    trustedProxies,
    reach: isLoopback(host) ? 'loopback' : 'network',
    why: because[secured],
  };
};
