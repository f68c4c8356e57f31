/** A frame of MLLP: start block, the message, end block, carriage return. */
const startBlock = 0x0b;
const endBlock = 0x1c;
const carriageReturn = 0x0d;

/** A message as the frame around it lets through for sending. */
export const framed = (message: Uint8Array): Buffer =>
  Buffer.concat([Buffer.of(startBlock), message, Buffer.of(endBlock, carriageReturn)]);

/** What bytes of a connection meant: a message, or something that is no MLLP at all. */
export type FrameEvent =
  { readonly kind: 'message'; readonly bytes: Buffer } | { readonly kind: 'violation'; readonly reason: 'no-frame' };

/** Takes the messages out of a stream of bytes, however they are cut into chunks. */
export interface FrameReader {
  /** What these bytes complete, in order. After a violation nothing more is read from the connection. */
  read(chunk: Uint8Array): Generator<FrameEvent, void, undefined>;
  /** Whether a frame has begun and not ended. */
  isInside(): boolean;
}

const firstBytes = 4096;

const isBlank = (byte: number): boolean => byte === carriageReturn || byte === 0x0a || byte === 0x20 || byte === 0;

/** The bytes of the message that is being read. One buffer that grows: single bytes must not cost an object each. */
const createHold = (maxBytes: number) => {
  let held = Buffer.alloc(firstBytes);
  let length = 0;
  return {
    keep: (bytes: Uint8Array): void => {
      const part = bytes.subarray(0, maxBytes + 1 - length);
      if (length + part.length > held.length)
        held = Buffer.concat([held], Math.max(2 * held.length, length + part.length));
      held.set(part, length);
      length += part.length;
    },
    take: (): Buffer => {
      const bytes = Buffer.from(held.subarray(0, length));
      [held, length] = [Buffer.alloc(firstBytes), 0];
      return bytes;
    },
  };
};

const notBlankFrom = (chunk: Uint8Array, from: number): number => {
  let at = from;
  while (at < chunk.length && isBlank(chunk[at] ?? 0)) at += 1;
  return at;
};

/** Reads inside a frame, from a place of a chunk on; answers where the frame ended, or -1. */
const createInside = ({ keep }: Pick<ReturnType<typeof createHold>, 'keep'>) => {
  let endBegun = false;
  return (chunk: Uint8Array, from: number): number => {
    for (let at = from; at < chunk.length;) {
      if (endBegun) {
        endBegun = false;
        if (chunk[at] === carriageReturn) return at + 1;
        keep(Uint8Array.of(endBlock));
      }
      const end = chunk.indexOf(endBlock, at);
      keep(chunk.subarray(at, end === -1 ? chunk.length : end));
      if (end === -1) return -1;
      [endBegun, at] = [true, end + 1];
    }
    return -1;
  };
};

/**
 * Makes the reader of a connection. A message longer than `maxBytes` is cut off one byte later: whoever takes it sees
 * that it is too large, and its rest is thrown away instead of being kept. Line ends and blanks between frames are
 * let pass; anything else there is no MLLP. No character of UTF-8 or GB 18030 holds the bytes of an end.
 */
export const createFrameReader = ({ maxBytes }: { readonly maxBytes: number }): FrameReader => {
  const hold = createHold(maxBytes);
  const readInside = createInside(hold);
  let inside = false;

  function* read(chunk: Uint8Array): Generator<FrameEvent, void, undefined> {
    for (let at = 0; at < chunk.length;) {
      if (!inside) {
        at = notBlankFrom(chunk, at);
        if (at === chunk.length) return;
        if (chunk[at] !== startBlock) return yield { kind: 'violation', reason: 'no-frame' };
        [inside, at] = [true, at + 1];
      }
      at = readInside(chunk, at);
      if (at === -1) return;
      inside = false;
      yield { kind: 'message', bytes: hold.take() };
    }
  }
  return { read, isInside: () => inside };
};
