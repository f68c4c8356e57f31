import { Client } from 'pg';
import { type Logger } from 'pino';
import { type DataSource } from 'typeorm';
import { feedBounds, type FeedEntry, readFeed } from '#libs/db/stores/change-feed.store';

/** The numbered changes as they come, for every stream of this process over one connection. */
export interface Feed {
  start(): void;
  stop(): Promise<void>;
  /** The newest number that was handed out; null until the feed has reached PostgreSQL. */
  position(): number | null;
  /** Calls with the entries that follow, oldest first; answers how to stop it. */
  subscribe(listener: (entries: readonly FeedEntry[]) => void): () => void;
}

const batch = 500;
/** A notification can be lost with its connection; whoever polls too is late by this much at most (ms). */
const pollMs = 5000;
const longestPauseMs = 5000;

/** Makes the feed of an application: LISTEN on a connection of its own, reconnected for as long as it runs. */
export const createFeed = (parts: { source: DataSource; databaseUrl: string; log: Logger }): Feed => {
  const listeners = new Set<(entries: readonly FeedEntry[]) => void>();
  const pull = createPull(parts.source, (entries) => {
    for (const listener of listeners) listener(entries);
  });
  const ear = createEar(parts, pull.now);
  let poll: NodeJS.Timeout | undefined;
  return {
    start: () => {
      ear.start();
      poll = setInterval(pull.now, pollMs).unref();
    },
    stop: async () => {
      clearInterval(poll);
      await ear.stop();
      await pull.idle();
    },
    position: pull.position,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};

/** Reads what is new, one reader at a time; a call while it reads makes it look once more. */
const createPull = (source: DataSource, deliver: (entries: readonly FeedEntry[]) => void) => {
  let position: number | null = null;
  let running: Promise<void> | null = null;
  let again = false;
  const readAll = async (): Promise<void> => {
    position ??= (await feedBounds(source)).newest;
    for (let more = true; more;) {
      const entries = await readFeed(source, { after: position, upTo: Number.MAX_SAFE_INTEGER, limit: batch });
      position = entries.at(-1)?.seq ?? position;
      if (entries.length > 0) deliver(entries);
      more = entries.length === batch;
    }
  };
  const run = async (): Promise<void> => {
    do {
      again = false;
      await readAll().catch(() => undefined); // PostgreSQL is away: the next notification or poll reads on
    } while (again);
  };
  const now = (): void => {
    again = true;
    running ??= run().finally(() => (running = null));
  };
  return { now, position: () => position, idle: async () => running ?? undefined };
};

/** Keeps one listening connection, and calls at each notification and whenever it has (re)connected. */
const createEar = ({ databaseUrl, log }: { databaseUrl: string; log: Logger }, heard: () => void) => {
  let client: Client | null = null;
  let stopped = false;
  let retry: NodeJS.Timeout | undefined;
  const connect = async (pauseMs: number): Promise<void> => {
    const fresh = new Client({ connectionString: databaseUrl, application_name: 'countersign-feed', keepAlive: true });
    const lost = (): void => {
      if (client !== fresh || stopped) return;
      client = null;
      log.warn('the change feed lost its connection');
      later(250);
    };
    fresh.on('error', lost).on('end', lost).on('notification', heard);
    client = fresh;
    try {
      await fresh.connect();
      await fresh.query('listen countersign_feed');
      heard();
    } catch {
      client = null;
      await fresh.end().catch(() => undefined);
      later(pauseMs);
    }
  };
  const later = (pauseMs: number): void => {
    if (stopped) return;
    clearTimeout(retry);
    retry = setTimeout(() => void connect(Math.min(pauseMs * 2, longestPauseMs)), pauseMs).unref();
  };
  return {
    start: (): void => void connect(250),
    stop: async (): Promise<void> => {
      stopped = true;
      clearTimeout(retry);
      await client?.end().catch(() => undefined);
    },
  };
};
