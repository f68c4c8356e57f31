import { connect } from 'node:tls';
import { securityOf, type TemporalSettings } from '#libs/temporal/temporal-settings';

/** What is wrong with a connection, and what to do about it. */
export type Explained = readonly [text: string, advice: string];

const reach: Explained = ['nobody answers there', 'check TEMPORAL_ADDRESS and the way there'];
const stranger: Explained = [
  'its certificate is of an authority that we do not know',
  'name that authority’s certificate in TEMPORAL_TLS_CA_FILE',
];
const refused: Explained = [
  'it does not accept us: it wants a client certificate, or another one',
  'TEMPORAL_TLS_CERT_FILE and TEMPORAL_TLS_KEY_FILE, of the authority that its administrator named and not expired',
];
const notTls: Explained = ['it does not speak TLS', 'leave out TEMPORAL_TLS_*, or let its frontend speak TLS'];

const explanations: readonly (readonly [RegExp, Explained])[] = [
  [/ENOTFOUND|EAI_AGAIN/, ['there is no such host', 'check TEMPORAL_ADDRESS and the name server']],
  [/ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|late/, reach],
  [/CERT_HAS_EXPIRED/, ['its certificate has expired', 'renew the certificate of the Temporal server']],
  [
    /ALTNAME_INVALID/,
    ['its certificate is for another name', 'set TEMPORAL_TLS_SERVER_NAME to the name in the certificate'],
  ],
  [/SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|CERT_SIGNATURE_FAILURE/, stranger],
  [/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG/, notTls],
  [/ALERT|HANDSHAKE_FAILURE/, refused],
  [/ECONNRESET|closed/, ['it ends the connection at once', `${notTls[1]}; otherwise see ${refused[1]}`]],
];

const spoken: Explained = [
  'it speaks TLS, and we do not',
  'set TEMPORAL_TLS_CA_FILE, and what else its administrator gave you',
];

/** Why a Temporal server that does not answer does not, as far as a handshake of our own can tell; null when it cannot. */
export const explainSilence = async (settings: TemporalSettings): Promise<Explained | null> => {
  const code = await handshake(settings);
  const found = explanations.find(([pattern]) => pattern.test(code))?.[1] ?? null;
  if (settings.tls) return found;
  if (code === 'secured' || found === refused) return spoken;
  // Without TLS nothing but its absence can be told: a handshake that fails is as it should be.
  return /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|UNREACH/.test(code) ? found : null;
};

const withinMs = 3000;
const afterwardsMs = 500;

const handshake = ({ address, tls, ...rest }: TemporalSettings): Promise<string> => {
  const [, host = '', port] = /^\[?(.+?)\]?:(\d+)$/.exec(address) ?? [];
  const { tls: security } = securityOf({ address, ...(tls && { tls }), ...rest });
  const { serverNameOverride, serverRootCACertificate: ca, clientCertPair } = security ?? {};
  const socket = connect({
    host,
    port: Number(port),
    ALPNProtocols: ['h2'],
    rejectUnauthorized: tls !== undefined,
    ...(serverNameOverride !== undefined && { servername: serverNameOverride }),
    ...(ca && { ca: Buffer.from(ca) }),
    ...(clientCertPair && { cert: Buffer.from(clientCertPair.crt), key: Buffer.from(clientCertPair.key) }),
  });
  return new Promise<string>((resolve) => {
    socket.once('secureConnect', () => {
      // That TLS is spoken is known now; with TLS 1.3 a server refuses the caller's certificate only afterwards.
      if (tls) setTimeout(() => resolve('secured'), afterwardsMs);
      else resolve('secured');
    });
    socket.once('error', ({ code, message }: NodeJS.ErrnoException) => resolve(code ?? message));
    socket.once('close', () => resolve('closed'));
    socket.setTimeout(withinMs, () => resolve('late')).resume();
  }).finally(() => socket.destroy());
};
