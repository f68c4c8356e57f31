import { type Socket } from 'node:net';
import { createFrameReader, framed } from '#libs/interop/mllp/frame';

/** What a sender may do with a connection; times in ms. */
export interface MllpLimits {
  /** The longest message that is kept; of a longer one only so much that it is known to be too long. */
  readonly maxBytes: number;
  /** From the first byte of a frame to its last, and for the sender to read an answer. */
  readonly frameMs: number;
  /** From one answer (or the connection) to the next frame's begin. */
  readonly idleMs: number;
}

/** Takes a message and answers its ACK, once it is stored; null when it was not taken: then the sender keeps it. */
export type TakeMessage = (bytes: Buffer) => Promise<Uint8Array | null>;

/** Why a conversation ended. */
export type Ending = 'closed' | 'broken' | 'no-frame' | 'slow' | 'idle' | 'not-taken' | 'stopped';

/** A connection that is being answered. */
export interface Conversation {
  readonly ended: Promise<Ending>;
  /** Ends it: at once while nothing is being taken, otherwise with the answer. */
  stop(): void;
}

/** Answers the messages of a connection one by one, each before the next is looked at, and closes it in the end. */
export const converse = (socket: Socket, parts: { take: TakeMessage; limits: MllpLimits }): Conversation => {
  const state: State = { taking: false, stopping: false, watch: watchOver(socket) };
  return {
    ended: answerAll(socket, parts, state).finally(() => {
      state.watch.clear();
      socket.destroy();
    }),
    stop: () => {
      state.stopping = true;
      if (!state.taking) socket.destroy();
    },
  };
};

interface State {
  taking: boolean;
  stopping: boolean;
  readonly watch: Watch;
}

type Waiting = 'idle' | 'slow';

/** The deadline of a connection: passing it closes the socket, so that whoever waits for it gets an error. */
interface Watch {
  /** Sets the deadline for what is waited for; one that is running for the same is not put off. */
  arm(what: Waiting, ms: number): void;
  clear(): void;
  passed(): Waiting | null;
}

const watchOver = (socket: Socket): Watch => {
  let running: { readonly what: Waiting; readonly timer: NodeJS.Timeout } | null = null;
  let passed: Waiting | null = null;
  const clear = (): void => {
    clearTimeout(running?.timer);
    running = null;
  };
  const pass = (what: Waiting): void => {
    passed = what;
    socket.destroy();
  };
  const arm = (what: Waiting, ms: number): void => {
    if (running?.what === what) return;
    clear();
    running = { what, timer: setTimeout(() => pass(what), ms).unref() };
  };
  return { arm, clear, passed: () => passed };
};

type Parts = Parameters<typeof converse>[1];

const answerAll = async (socket: Socket, parts: Parts, state: State): Promise<Ending> => {
  const { watch } = state;
  const { limits } = parts;
  const reader = createFrameReader(limits);
  watch.arm('idle', limits.idleMs);
  try {
    // The next chunk is read only when this one is answered: a sender that does not wait is held by TCP.
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      for (const event of reader.read(chunk)) {
        const ending =
          event.kind === 'violation' ? event.reason : await answerOne(socket, event.bytes, { parts, state });
        if (ending) return ending;
      }
      if (reader.isInside()) watch.arm('slow', limits.frameMs);
    }
    return endingOf(state, reader.isInside() ? 'broken' : 'closed');
  } catch {
    // Whatever breaks a connection is the sender's or the network's; `take` does not throw.
    return endingOf(state, 'broken');
  }
};

const endingOf = ({ watch, stopping }: State, otherwise: Ending): Ending =>
  watch.passed() ?? (stopping ? 'stopped' : otherwise);

const answerOne = async (
  socket: Socket,
  bytes: Buffer,
  { parts: { take, limits }, state }: { parts: Parts; state: State },
): Promise<Ending | null> => {
  const { watch } = state;
  watch.clear();
  state.taking = true;
  const ack = await take(bytes);
  if (ack === null) return 'not-taken';
  watch.arm('slow', limits.frameMs);
  await write(socket, framed(ack));
  state.taking = false;
  if (state.stopping) return 'stopped';
  watch.arm('idle', limits.idleMs);
  return null;
};

const write = (socket: Socket, bytes: Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
