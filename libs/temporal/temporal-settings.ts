import { readFileSync } from 'node:fs';

/** How to reach Temporal; the part of the configuration that this library reads. */
export interface TemporalSettings {
  /** host:port */
  readonly address: string;
  readonly namespace: string;
  /** Paths of PEM files; present (even empty) means TLS. */
  readonly tls?: {
    readonly caFile?: string | undefined;
    readonly certFile?: string | undefined;
    readonly keyFile?: string | undefined;
    readonly serverName?: string | undefined;
  };
  readonly apiKey?: string;
}

/** The TLS and API-key options that client and worker connections share. */
export interface SecurityOptions {
  readonly tls?: {
    serverNameOverride?: string;
    serverRootCACertificate?: Uint8Array;
    clientCertPair?: { crt: Uint8Array; key: Uint8Array };
  };
  readonly apiKey?: string;
}

const tlsOf = ({ caFile, certFile, keyFile, serverName }: NonNullable<TemporalSettings['tls']>) => ({
  ...(serverName && { serverNameOverride: serverName }),
  ...(caFile && { serverRootCACertificate: readFileSync(caFile) }),
  ...(certFile && keyFile && { clientCertPair: { crt: readFileSync(certFile), key: readFileSync(keyFile) } }),
});

/** Reads the certificates that the settings name; throws the file system's error when one cannot be read. */
export const securityOf = ({ tls, apiKey }: TemporalSettings): SecurityOptions => ({
  ...(tls && { tls: tlsOf(tls) }),
  ...(apiKey && { apiKey }),
});

/** Who Temporal sees: the part and process number, not the host name (it is stored in plain text). */
export const identityOf = (part: string): string => `countersign-${part}@${process.pid}`;
