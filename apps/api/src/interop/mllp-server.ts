import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { type MllpConfig } from '../api-config';
import { amongAddresses } from '../http/addresses';
import { type Conversation, converse, type Ending, type MllpLimits, type TakeMessage } from './mllp-conversation';

/** What a port of ours is made of. */
export interface MllpServerParts {
  readonly host: string;
  readonly port: number;
  readonly tls?: MllpConfig['tls'];
  readonly senders: readonly string[];
  readonly limits: MllpLimits & { readonly connections: number };
  readonly take: TakeMessage;
  /** Told of every connection that was let in, and how it ended. */
  readonly begun: () => void;
  readonly ended: (how: Ending, from: string) => void;
  /** Told of every connection that was not let in. */
  readonly rejected: (why: Rejection, from: string) => void;
}

/** Why a connection was not let in. */
export type Rejection = 'not-a-sender' | 'tls-failed' | 'too-many';

/** A listening port. */
export interface MllpServer {
  readonly port: number;
  /** Lets nobody in any more, and ends every connection once its message in flight is answered. */
  stop(): Promise<void>;
}

/** Listens for HL7 v2 over MLLP. Rejects when it cannot, for instance because the port is taken. */
export const listenForMllp = async (parts: MllpServerParts): Promise<MllpServer> => {
  const talks = new Set<Conversation>();
  const serve = (socket: Socket): void => {
    if (socket.destroyed) return;
    // The conversation ends with an error; one that comes later, while the socket closes, has nobody else to go to.
    socket.on('error', () => undefined);
    const from = socket.remoteAddress ?? '';
    const talk = converse(socket, parts);
    talks.add(talk);
    parts.begun();
    void talk.ended.then((ending) => {
      talks.delete(talk);
      parts.ended(ending, from);
    });
  };
  const server = guarded(parts, parts.tls ? tlsServer(parts.tls, parts, serve) : plainServer(serve));
  await listening(server, parts);
  return {
    port: portOf(server),
    stop: async () => {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      for (const talk of talks) talk.stop();
      await Promise.all([...talks].map(({ ended }) => ended));
      await closed;
    },
  };
};

/* Half-open, so that a sender which ends its side behind a message is still answered. */
const sockets = { allowHalfOpen: true, noDelay: true, keepAlive: true } as const;

const plainServer = (serve: (socket: Socket) => void): Server => createServer(sockets, serve);

const tlsServer = (
  { cert, key, clientCa }: NonNullable<MllpConfig['tls']>,
  { limits, rejected }: MllpServerParts,
  serve: (socket: Socket) => void,
): Server => {
  const asked = clientCa ? { ca: clientCa, requestCert: true, rejectUnauthorized: true } : {};
  const options = { ...sockets, cert, key, ...asked, minVersion: 'TLSv1.2', handshakeTimeout: limits.frameMs } as const;
  return createTlsServer(options, serve).on('tlsClientError', (_error: Error, socket: TLSSocket) => {
    rejected('tls-failed', socket.remoteAddress ?? '');
  });
};

/** Closes the connections of whoever is no sender before anything of theirs is read, a TLS handshake included. */
const guarded = ({ senders, limits, rejected }: MllpServerParts, server: Server): Server => {
  const isSender = amongAddresses(senders);
  server.maxConnections = limits.connections;
  server.prependListener('connection', (socket: Socket) => {
    // Without a listener an error of a socket nobody reads yet would end the process.
    socket.on('error', () => undefined);
    const from = socket.remoteAddress ?? '';
    if (isSender(from)) return;
    socket.destroy();
    rejected('not-a-sender', from);
  });
  server.on('drop', (dropped) => rejected('too-many', dropped?.remoteAddress ?? ''));
  return server;
};

const listening = (server: Server, { host, port }: MllpServerParts): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });

const portOf = (server: Server): number => {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};
