import fc from 'fast-check';
import { createFrameReader, framed, type FrameEvent } from './frame';

const readAll = (chunks: readonly Uint8Array[], maxBytes = 1000): FrameEvent[] => {
  const reader = createFrameReader({ maxBytes });
  return chunks.flatMap((chunk) => [...reader.read(chunk)]);
};
const texts = (events: readonly FrameEvent[]): string[] =>
  events.map((event) => (event.kind === 'message' ? event.bytes.toString('latin1') : event.reason));
const cutAt = (bytes: Buffer, places: readonly number[]): Buffer[] => {
  const cuts = [0, ...places.map((place) => place % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  return cuts.slice(1).map((end, index) => bytes.subarray(cuts[index], end));
};

describe('the frames of MLLP', () => {
  it('come out as they went in, however the bytes are cut', () => {
    // A message holds no end of its own: end block and carriage return in a row.
    const message = fc
      .uint8Array({ maxLength: 40 })
      .map((bytes) => Buffer.from(bytes))
      .filter((bytes) => !Buffer.concat([bytes, Buffer.of(0x1c)]).includes(Buffer.of(0x1c, 0x0d)))
      .filter((bytes) => bytes.at(-1) !== 0x1c);
    fc.assert(
      fc.property(fc.array(message, { maxLength: 5 }), fc.array(fc.nat(), { maxLength: 20 }), (messages, places) => {
        const events = readAll(cutAt(Buffer.concat(messages.map(framed)), places));
        expect(events).toEqual(messages.map((bytes) => ({ kind: 'message', bytes })));
      }),
    );
  });

  it('may have line ends and blanks between them, nothing else', () => {
    const between = Buffer.concat([
      Buffer.from('\r\n '),
      framed(Buffer.from('a')),
      Buffer.from('\n'),
      framed(Buffer.from('b')),
    ]);
    expect(texts(readAll([between]))).toEqual(['a', 'b']);
    expect(texts(readAll([Buffer.from('GET / HTTP/1.1\r\n')]))).toEqual(['no-frame']);
    expect(texts(readAll([Buffer.concat([framed(Buffer.from('a')), Buffer.from('MSH|')])]))).toEqual(['a', 'no-frame']);
  });

  it('keep an end block that no carriage return follows', () => {
    const bytes = Buffer.from('\u000ba\u001cb\u001c\u001c\r', 'latin1');
    for (const chunks of [[bytes], [...bytes].map((byte) => Buffer.of(byte))])
      expect(texts(readAll(chunks))).toEqual(['a\u001cb\u001c']);
  });

  it('are cut off one byte behind the limit, and the next one is read as usual', () => {
    const long = Buffer.alloc(100_000, 'x');
    const bytes = Buffer.concat([framed(long), framed(Buffer.from('next'))]);
    const events = readAll(cutAt(bytes, [7, 900, 40_000]), 10);
    expect(texts(events)).toEqual(['x'.repeat(11), 'next']);
  });

  it('say whether one has begun', () => {
    const reader = createFrameReader({ maxBytes: 10 });
    expect(reader.isInside()).toBe(false);
    expect([...reader.read(Buffer.from('\u000bMSH'))]).toEqual([]);
    expect(reader.isInside()).toBe(true);
    expect(texts([...reader.read(Buffer.from('|\u001c\r'))])).toEqual(['MSH|']);
    expect(reader.isInside()).toBe(false);
  });
});
