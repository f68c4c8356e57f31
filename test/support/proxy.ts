import { type AddressInfo, createServer, connect, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

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

/** What the network does to every byte, both ways, on open and new links. */
export type Weather =
  /** Nothing arrives; what was sent meanwhile arrives when the weather changes. */
  | { readonly kind: 'black-hole' }
  /** Every link is reset, and every new one. */
  | { readonly kind: 'reset' }
  | { readonly kind: 'latency'; readonly ms: number }
  /** Bytes arrive in slices with pauses between them. */
  | { readonly kind: 'slicer'; readonly bytes: number; readonly everyMs: number }
  /** A link ends after so many bytes. */
  | { readonly kind: 'limit-data'; readonly bytes: number };

/** A TCP proxy on the loopback address. */
export interface Proxy {
  readonly port: number;
  /** Sets what is done to the traffic from now on; null lets everything pass. */
  rule(rules: Rules | null): void;
  /** Sets the weather from now on; null is fair. */
  weather(weather: Weather | null): void;
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
  weather: Weather | null;
  /** Ends when the weather changes. */
  change: AbortController;
  stalled: boolean;
  open: boolean;
  readonly links: Set<Wire>;
}

interface Wire extends Link {
  flush(): void;
  reset(): void;
}

/** Starts a proxy to a port of this machine, which is asked for at each connection. */
export const startProxy = async (target: () => number): Promise<Proxy> => {
  const state: State = {
    rules: null,
    weather: null,
    change: new AbortController(),
    stalled: false,
    open: true,
    links: new Set(),
  };
  const server = createServer((client) => accept(state, client, target()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cutAll = () => [...state.links].forEach((link) => link.cut());
  return {
    port: (server.address() as AddressInfo).port,
    rule: (rules) => void (state.rules = rules),
    weather: (weather) => {
      state.weather = weather;
      state.change.abort();
      state.change = new AbortController();
      if (weather?.kind === 'reset') state.links.forEach((link) => link.reset());
    },
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
  if (state.weather?.kind === 'reset') return void client.resetAndDestroy();
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

const changed = ({ signal }: AbortController): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/* Carries bytes one way, in order, through the weather in which they came. */
const lane = (state: State, to: Socket, cut: () => void): ((chunk: Buffer) => void) => {
  let under: Promise<void> = Promise.resolve();
  let underway = 0;
  let carried = 0;
  const carry = async (chunk: Buffer, weather: Weather | null, cameAt: number): Promise<void> => {
    if (weather?.kind === 'latency') await sleep(Math.max(0, cameAt + weather.ms - Date.now()));
    carried += chunk.length;
    if (weather?.kind === 'limit-data' && carried > weather.bytes) return void to.write(chunk, cut);
    const { bytes, everyMs } = weather?.kind === 'slicer' ? weather : { bytes: chunk.length, everyMs: 0 };
    for (let at = 0; at < chunk.length; at += bytes) {
      to.write(chunk.subarray(at, at + bytes));
      if (everyMs > 0) await sleep(everyMs);
    }
  };
  return (chunk) => {
    const { weather, change } = state;
    if (weather === null && underway === 0) return void to.write(chunk);
    const cameAt = Date.now();
    underway += 1;
    under = under
      .then(() => (weather?.kind === 'black-hole' ? changed(change) : undefined))
      .then(() => carry(chunk, weather, cameAt))
      .finally(() => (underway -= 1));
  };
};

const wireOf = (state: State, client: Socket, server: Socket): Wire => {
  const waiting: Buffer[] = [];
  let replies: 'pass' | 'hold' | 'lose' = 'pass';
  const cut = (): void => {
    client.destroy();
    server.destroy();
  };
  const [toServer, toClient] = [lane(state, server, cut), lane(state, client, cut)];
  const wire: Wire = {
    cut,
    reset: () => {
      client.resetAndDestroy();
      server.resetAndDestroy();
    },
    holdReplies: () => void (replies = 'hold'),
    loseReply: () => void (replies = 'lose'),
    flush: () => waiting.splice(0).forEach(toServer),
  };
  client.on('data', (chunk) => {
    state.rules?.fromClient?.(chunk, wire);
    if (state.stalled) waiting.push(chunk);
    else toServer(chunk);
  });
  server.on('data', (chunk) => {
    if (replies === 'pass') toClient(chunk);
    if (replies === 'lose') wire.cut();
  });
  return wire;
};

/** Whether bytes for PostgreSQL end a transaction: COMMIT as a simple query. */
export const isCommit = (chunk: Buffer): boolean => /commit\0/i.test(chunk.toString('latin1'));
