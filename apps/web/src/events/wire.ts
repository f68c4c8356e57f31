/** What the stream tells the page; ids only. */
export type Told =
  /** Something changed: read again what depends on it. */
  | { readonly kind: 'change'; readonly topic: string; readonly id: string }
  /** Too much was missed: read everything again. */
  | { readonly kind: 'reset' }
  /** The stream lives, or it does not. */
  | { readonly kind: 'state'; readonly connected: boolean; readonly at: number }
  /** The session is over or locked. */
  | { readonly kind: 'closed' };

/**
 * Silence after which the connection counts as lost, ms: two beats of the API's five seconds were missed. With the patience
 * of the ribbon a screen says so when what it shows is 15 s old.
 */
const silenceMs = 11_000;
const retryMs = [1000, 2000, 5000, 10_000] as const;

/** What a stream is made with; a test gives its own. */
export interface StreamParts {
  readonly tell: (told: Told) => void;
  readonly open: () => EventSource;
}

const changeOf = (event: MessageEvent<string>): Told => {
  const { topic, id } = JSON.parse(event.data) as { topic: string; id: string };
  return { kind: 'change', topic, id };
};

/** A stream that is listened to. */
export interface Listening {
  /** Somebody is signed in (again): comes again at once if it waits. */
  wake(): void;
  stop(): void;
}

/**
 * Listens to `/api/events` for one browser. The browser itself comes again after a break and says where it was. After an
 * answer that is no stream this does, ever more slowly; after `closed`, and where nobody is let in, only once woken.
 */
export const listen = ({ tell, open }: StreamParts): Listening => {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tries = 0;
  const state = (connected: boolean): void => tell({ kind: 'state', connected, at: Date.now() });
  const leave = (): void => {
    clearTimeout(timer);
    source?.close();
    source = null;
  };
  const again = (): void => {
    leave();
    timer = setTimeout(start, retryMs[Math.min(tries++, retryMs.length - 1)]);
  };
  const heard = (): void => {
    tries = 0;
    state(true);
    clearTimeout(timer);
    timer = setTimeout(() => {
      state(false);
      again();
    }, silenceMs);
  };
  const closed = (): void => {
    leave();
    state(false);
    tell({ kind: 'closed' });
  };
  const start = (): void => {
    const opened = open();
    source = opened;
    for (const name of ['open', 'ready', 'beat']) opened.addEventListener(name, heard);
    opened.addEventListener('change', (event) => {
      heard();
      tell(changeOf(event as MessageEvent<string>));
    });
    opened.addEventListener('reset', () => {
      heard();
      tell({ kind: 'reset' });
    });
    opened.addEventListener('closed', closed);
    opened.addEventListener('error', () => {
      state(false);
      // The browser comes again by itself while it is CONNECTING; CLOSED was answered with a status.
      if (opened.readyState === opened.CLOSED) again();
    });
  };
  return {
    wake: () => {
      if (source === null) {
        clearTimeout(timer);
        start();
      }
    },
    stop: leave,
  };
};
