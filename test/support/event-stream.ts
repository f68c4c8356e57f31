/** One event of a stream. */
export interface StreamEvent {
  readonly id: string;
  readonly event: string;
  readonly data: unknown;
}

/** A reader of Server-Sent Events that keeps what it heard, as a browser's EventSource would. */
export interface EventReader {
  readonly status: number;
  readonly events: readonly StreamEvent[];
  /** The id a browser would resume from. */
  lastEventId(): string;
  /** Waits until something holds of what was heard; throws after `ms`. */
  until(holds: (events: readonly StreamEvent[]) => boolean, ms?: number): Promise<void>;
  /** Resolves when the server has ended the stream. */
  ended(): Promise<void>;
  close(): void;
}

/** Opens an event stream with a session's cookie. */
export const readEvents = async (url: string, headers: Readonly<Record<string, string>>): Promise<EventReader> => {
  const leave = new AbortController();
  const answer = await fetch(url, { headers: { accept: 'text/event-stream', ...headers }, signal: leave.signal });
  const events: StreamEvent[] = [];
  let last = '';
  const hear = (block: string): void => {
    const fields = new Map(block.split('\n').map((line) => [line.split(':')[0] ?? '', line.replace(/^[^:]*: ?/, '')]));
    last = fields.get('id') ?? last;
    const data = fields.get('data');
    if (data !== undefined) events.push({ id: last, event: fields.get('event') ?? 'message', data: JSON.parse(data) });
  };
  const reading = (async () => {
    let rest = '';
    const decoder = new TextDecoder();
    for await (const part of answer.body ?? []) {
      const blocks = (rest + decoder.decode(part as Uint8Array, { stream: true })).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) hear(block);
    }
  })().catch(() => undefined); // left by the test
  const until = async (holds: (heard: readonly StreamEvent[]) => boolean, ms = 5000): Promise<void> => {
    const late = Date.now() + ms;
    while (!holds(events)) {
      if (Date.now() > late) throw new Error(`not heard in ${ms} ms; heard ${JSON.stringify(events.slice(-5))}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  return {
    status: answer.status,
    events,
    lastEventId: () => last,
    until,
    ended: () => reading,
    close: () => leave.abort(),
  };
};
