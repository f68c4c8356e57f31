import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import { createFrameReader, framed } from './frame';

/** A sending system, one connection long: for tests and rehearsals. */
export interface MllpSender {
  readonly socket: Socket;
  /** Sends a message and waits for its answer; null when the connection ends without one. */
  send(message: Uint8Array): Promise<Buffer | null>;
  /** The next answer; null when the connection ends without one. */
  answer(): Promise<Buffer | null>;
  /** Ends our side, and waits until the other ends too. */
  close(): Promise<void>;
}

/** Connects to an MLLP port of this machine, with TLS where options for it are given. */
export const connectMllp = async (port: number, tls?: ConnectionOptions): Promise<MllpSender> => {
  const to = { host: '127.0.0.1', port };
  const socket = tls ? connectTls({ ...to, ...tls }) : connect(to);
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => resolve());
  });
  // How a connection ends is told by `answer`.
  socket.on('error', () => undefined);
  await Promise.race([once(socket, tls ? 'secureConnect' : 'connect'), closed]);
  const answers = readAnswers(socket);
  const answer = async (): Promise<Buffer | null> => (await answers.next()).value ?? null;
  return {
    socket,
    answer,
    send: (message) => {
      socket.write(framed(message));
      return answer();
    },
    close: async () => {
      socket.end();
      await closed;
    },
  };
};

async function* readAnswers(socket: Socket): AsyncGenerator<Buffer, void, undefined> {
  const reader = createFrameReader({ maxBytes: 1_000_000 });
  try {
    for await (const chunk of socket as AsyncIterable<Buffer>)
      for (const event of reader.read(chunk)) if (event.kind === 'message') yield event.bytes;
  } catch {
    return; // the other side closed: no answer comes any more
  }
}
