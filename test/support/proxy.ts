import { type AddressInfo, createServer, connect, type Server, type Socket } from 'node:net';

/** One connection through a proxy. */
export interface Link {
  /** Ends both sides at once, with what was held. */
  cut(): void;
  /** From now on what the server answers does not reach the client; it is held until the link is cut. */
  holdReplies(): void;
  /** The next thing the server answers is dropped, and the link with it: the server has done what it was asked. */
  loseReply(): void;
}

/** What a test does to the traffic; it sees each chunk of the client before the server gets it. */
export interface Rules {
  fromClient?(chunk: Buffer, link: Link): void;
}

/** A TCP proxy on the loopback address. */
export interface Proxy {
  readonly port: number;
  /** Sets what is done to the traffic from now on; null lets everything pass. */
  rule(rules: Rules | null): void;
  /** Nothing passes from client to server any more, on open and new links; the bytes are kept until `resume`. */
  stall(): void;
  resume(): void;
  /** Whether new connections are let in; the others are closed at once. */
  admit(open: boolean): void;
  /** Ends every open link. */
  cutAll(): void;
  stop(): Promise<void>;
}

interface State {
  rules: Rules | null;
  stalled: boolean;
  open: boolean;
  readonly links: Set<Wire>;
}

interface Wire extends Link {
  flush(): void;
}

/** Starts a proxy to a port of this machine, which is asked for at each connection. */
export const startProxy = async (target: () => number): Promise<Proxy> => {
  const state: State = { rules: null, stalled: false, open: true, links: new Set() };
  const server = createServer((client) => accept(state, client, target()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cutAll = () => [...state.links].forEach((link) => link.cut());
  return {
    port: (server.address() as AddressInfo).port,
    rule: (rules) => void (state.rules = rules),
    stall: () => void (state.stalled = true),
    resume: () => {
      state.stalled = false;
      state.links.forEach((link) => link.flush());
    },
    admit: (open) => void (state.open = open),
    cutAll,
    stop: () => closed(server, cutAll),
  };
};

const closed = (server: Server, cutAll: () => void): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    cutAll();
  });

const accept = (state: State, client: Socket, port: number): void => {
  if (!state.open) return void client.destroy();
  const server = connect({ port, host: '127.0.0.1' });
  const wire = wireOf(state, client, server);
  state.links.add(wire);
  for (const socket of [client, server]) {
    socket.setNoDelay(true);
    // An error is followed by the close, which ends the other side too.
    socket.on('error', () => undefined);
    socket.once('close', () => {
      wire.cut();
      state.links.delete(wire);
    });
  }
};

const wireOf = (state: State, client: Socket, server: Socket): Wire => {
  const waiting: Buffer[] = [];
  let replies: 'pass' | 'hold' | 'lose' = 'pass';
  const wire: Wire = {
    cut: () => {
      client.destroy();
      server.destroy();
    },
    holdReplies: () => void (replies = 'hold'),
    loseReply: () => void (replies = 'lose'),
    flush: () => waiting.splice(0).forEach((chunk) => server.write(chunk)),
  };
  client.on('data', (chunk) => {
    state.rules?.fromClient?.(chunk, wire);
    if (state.stalled) waiting.push(chunk);
    else server.write(chunk);
  });
  server.on('data', (chunk) => {
    if (replies === 'pass') client.write(chunk);
    if (replies === 'lose') wire.cut();
  });
  return wire;
};

/** Whether bytes for PostgreSQL end a transaction: COMMIT as a simple query. */
export const isCommit = (chunk: Buffer): boolean => /commit\0/i.test(chunk.toString('latin1'));
