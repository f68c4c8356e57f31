import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from('89504e470d0a1a0a', 'hex');
const most = 256;

/* The chunks of a picture as Chromium writes it: eight bits a channel, RGB or RGBA, not interlaced. */
const chunksOf = (png: Buffer): { type: string; data: Buffer }[] => {
  const chunks: { type: string; data: Buffer }[] = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
};

const paeth = (a: number, b: number, c: number): number => {
  const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  if (pa <= pb && pa <= pc) return a;
  return pb <= pc ? b : c;
};

/* What the filter of this number guesses from the bytes left, above, and above on the left. */
const guess = (filter: number, [left, up, corner]: readonly [number, number, number]): number =>
  [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;

/* Undoes the filter of each line in place; a line begins with the number of its filter. */
const unfilter = (raw: Buffer, lines: number, { stride, step }: { stride: number; step: number }): void => {
  const at = (line: number, x: number): number => (line < 0 || x < 0 ? 0 : raw.readUInt8(line * (stride + 1) + 1 + x));
  for (let line = 0; line < lines; line += 1) {
    const start = line * (stride + 1) + 1;
    const filter = raw.readUInt8(start - 1);
    for (let x = 0; x < stride; x += 1) {
      const around = [at(line, x - step), at(line - 1, x), at(line - 1, x - step)] as const;
      raw[start + x] = (at(line, x) + guess(filter, around)) & 255;
    }
  }
};

const distance = (a: number, b: number): number => {
  const [red, green, blue] = [(a >> 16) - (b >> 16), ((a >> 8) & 255) - ((b >> 8) & 255), (a & 255) - (b & 255)];
  return 2 * red * red + 4 * green * green + 3 * blue * blue;
};

/* The most frequent colours, and for every colour the place of the one nearest to it. */
const paletteOf = (pixels: Uint32Array): { palette: number[]; places: Map<number, number> } => {
  const counts = new Map<number, number>();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const palette = [...counts.keys()].toSorted((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0)).slice(0, most);
  const places = new Map(palette.map((colour, place) => [colour, place]));
  for (const colour of counts.keys()) {
    if (places.has(colour)) continue;
    const nearest = palette.reduce((best, one) => (distance(one, colour) < distance(best, colour) ? one : best));
    places.set(colour, places.get(nearest) ?? 0);
  }
  return { palette, places };
};

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
};

/** The same picture in its 256 most frequent colours: what a screen shows has few, and the file is a third. */
export const smallPng = (png: Buffer): Buffer => {
  const chunks = chunksOf(png);
  const head = Buffer.from(chunks[0]?.data ?? []);
  const [width, height, step] = [head.readUInt32BE(0), head.readUInt32BE(4), head[9] === 6 ? 4 : 3];
  const raw = inflateSync(Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data)));
  const stride = width * step;
  unfilter(raw, height, { stride, step });
  const pixels = new Uint32Array(width * height);
  for (let at = 0; at < pixels.length; at += 1) {
    const from = Math.floor(at / width) * (stride + 1) + 1 + (at % width) * step;
    pixels[at] = raw.readUIntBE(from, 3);
  }
  const { palette, places } = paletteOf(pixels);
  const lines = Buffer.alloc(height * (width + 1));
  pixels.forEach((pixel, at) => (lines[at + Math.floor(at / width) + 1] = places.get(pixel) ?? 0));
  const colours = Buffer.alloc(palette.length * 3);
  palette.forEach((colour, place) => colours.writeUIntBE(colour, place * 3, 3));
  head[9] = 3; // by palette
  const parts = [chunk('IHDR', head), chunk('PLTE', colours), chunk('IDAT', deflateSync(lines, { level: 9 }))];
  return Buffer.concat([signature, ...parts, chunk('IEND', Buffer.alloc(0))]);
};
