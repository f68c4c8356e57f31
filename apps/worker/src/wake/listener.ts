import { setTimeout as sleep } from 'node:timers/promises';
import { Client, escapeIdentifier } from 'pg';

/** Whom to wake, by the name of the PostgreSQL channel. */
export type Wakes = Readonly<Record<string, () => void>>;

/** What listening needs; its connection is its own, because a pooled one would forget what it listens to. */
export interface ListenerOptions {
  readonly url: string;
  readonly wakes: Wakes;
  /** The same for what is not made up for: whoever asked meanwhile asks again. */
  readonly onlyWhenTold?: Wakes;
  /** Told when the connection is there or lost. */
  readonly onState?: (listening: boolean) => void;
}

/** A listener that comes back by itself. */
export interface Listener {
  readonly stop: () => Promise<void>;
}

const firstPauseMs = 250;
const longestPauseMs = 2000;

const connect = async (url: string, wakes: Wakes): Promise<Client> => {
  const client = new Client({
    connectionString: url,
    application_name: 'countersign-listen',
    connectionTimeoutMillis: 1000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  });
  // The end of the connection is what counts; without a handler its error would end the process.
  client.on('error', () => undefined);
  client.on('notification', ({ channel }) => wakes[channel]?.());
  try {
    await client.connect();
    for (const channel of Object.keys(wakes)) await client.query(`listen ${escapeIdentifier(channel)}`);
    return client;
  } catch (thrown) {
    await client.end().catch(() => undefined);
    throw thrown;
  }
};

/** Listens on the channels until stopped; after each connect it wakes everybody, for what was said meanwhile. */
export const startListener = ({ url, wakes, onlyWhenTold = {}, onState }: ListenerOptions): Listener => {
  const stopping = new AbortController();
  const listen = async (): Promise<void> => {
    const client = await connect(url, { ...wakes, ...onlyWhenTold });
    const ended = new Promise<void>((resolve) => client.once('end', resolve));
    const end = (): void => void client.end().catch(() => undefined);
    stopping.signal.addEventListener('abort', end, { once: true });
    if (stopping.signal.aborted) end();
    onState?.(true);
    Object.values(wakes).forEach((wake) => wake());
    await ended;
    stopping.signal.removeEventListener('abort', end);
    onState?.(false);
  };
  const keepListening = async (): Promise<void> => {
    let pauseMs = firstPauseMs;
    while (!stopping.signal.aborted) {
      const connected = await listen().then(
        () => true,
        () => false,
      );
      pauseMs = connected ? firstPauseMs : Math.min(longestPauseMs, pauseMs * 2);
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = keepListening();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
};
