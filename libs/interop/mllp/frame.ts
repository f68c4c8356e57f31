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
  /** What these bytes complete, in order. After a violation nothing more can be read from the connection. */
  read(chunk: Uint8Array): Generator<FrameEvent, void, undefined>;
  /** Whether a frame has begun and not ended. */
  isInside(): boolean;
}

const firstBytes = 4096;

const isBlank = (byte: number): boolean => byte === carriageReturn || byte === 0x0a || byte === 0x20 || byte === 0;

/**
 * Makes the reader of a connection. A message longer than `maxBytes` is cut off one byte later: whoever takes it sees
 * that it is too large, and its rest is thrown away instead of being kept. Line ends and blanks between frames are
 * let pass; anything else there is no MLLP. No character of UTF-8 or GB 18030 holds the bytes of an end.
 */
export const createFrameReader = ({ maxBytes }: { readonly maxBytes: number }): FrameReader => {
  let inside = false;
  let endBegun = false;
  let length = 0;
  // One buffer that grows: bytes that come one by one must not cost an object each.
  let held = Buffer.alloc(firstBytes);

  const keep = (bytes: Uint8Array): void => {
    const part = bytes.subarray(0, maxBytes + 1 - length);
    if (length + part.length > held.length)
      held = Buffer.concat([held], Math.max(2 * held.length, length + part.length));
    held.set(part, length);
    length += part.length;
  };
  const begin = (): void => {
    [inside, endBegun, length] = [true, false, 0];
  };
  const finish = (): Buffer => {
    const bytes = Buffer.from(held.subarray(0, length));
    [inside, held] = [false, Buffer.alloc(firstBytes)];
    return bytes;
  };
  /** Reads on inside a frame; answers where it ended in the chunk, or -1. */
  const readInside = (chunk: Uint8Array, from: number): number => {
    let at = from;
    if (endBegun && at < chunk.length) {
      endBegun = false;
      if (chunk[at] === carriageReturn) return at + 1;
      keep(Uint8Array.of(endBlock));
    }
    for (;;) {
      const end = chunk.indexOf(endBlock, at);
      keep(chunk.subarray(at, end === -1 ? chunk.length : end));
      if (end === -1) return -1;
      if (end + 1 === chunk.length) {
        endBegun = true;
        return -1;
      }
      if (chunk[end + 1] === carriageReturn) return end + 2;
      keep(Uint8Array.of(endBlock));
      at = end + 1;
    }
  };
  const readOutside = (chunk: Uint8Array, from: number): number => {
    let at = from;
    while (at < chunk.length && isBlank(chunk[at] ?? 0)) at += 1;
    return at;
  };

  function* read(chunk: Uint8Array): Generator<FrameEvent, void, undefined> {
    let at = 0;
    while (at < chunk.length) {
      if (!inside) {
        at = readOutside(chunk, at);
        if (at === chunk.length) return;
        if (chunk[at] !== startBlock) return yield { kind: 'violation', reason: 'no-frame' };
        begin();
        at += 1;
      }
      const end = readInside(chunk, at);
      if (end === -1) return;
      at = end;
      yield { kind: 'message', bytes: finish() };
    }
  }
  return { read, isInside: () => inside };
};
