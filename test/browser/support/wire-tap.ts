import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to the API on which everything that the API says is written down, whoever in the browser asked for it. */
export interface WireTap {
  readonly url: string;
  /** Everything the API said so far, heads and bodies. */
  said(): string;
  /** Everything the browser said so far. */
  asked(): string;
  stop(): Promise<void>;
}

/** Starts a tap on the way to this address. */
export const tapWire = async (to: string): Promise<WireTap> => {
  const { hostname, port } = new URL(to);
  const [said, asked]: [Buffer[], Buffer[]] = [[], []];
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const api = connect({ host: hostname, port: Number(port) });
    client.on('data', (chunk: Buffer) => asked.push(chunk)).pipe(api);
    api.on('data', (chunk: Buffer) => said.push(chunk)).pipe(client);
    for (const [socket, other] of [
      [client, api],
      [api, client],
    ] as const) {
      open.add(socket);
      // An error is followed by the close, which ends the other side too.
      socket.on('error', () => undefined);
      socket.once('close', () => {
        open.delete(socket);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    said: () => Buffer.concat(said).toString(),
    asked: () => Buffer.concat(asked).toString(),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
};
