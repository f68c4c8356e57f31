/** Encoder for GB 18030, made by turning the runtime's own decoder round: the platform decodes it but cannot encode it. */

const lineFeed = 0x0a;
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const leads = range(0x81, 0xfe);
const trails = [...range(0x40, 0x7e), ...range(0x80, 0xfe)];
const digits = range(0x30, 0x39);

/** Every combination of the ranges, one after another, each followed by a line feed. */
const combinations = (ranges: readonly (readonly number[])[]): Buffer => {
  const count = ranges.reduce((product, values) => product * values.length, 1);
  const bytes = Buffer.alloc(count * (ranges.length + 1), lineFeed);
  let repeat = count;
  ranges.forEach((values, place) => {
    repeat /= values.length;
    for (let index = 0; index < count; index += 1)
      bytes[index * (ranges.length + 1) + place] = values[Math.floor(index / repeat) % values.length] ?? 0;
  });
  return bytes;
};

const addSequences = (table: Map<string, Buffer>, ranges: readonly (readonly number[])[]): void => {
  const bytes = combinations(ranges);
  const stride = ranges.length + 1;
  const decoded = new TextDecoder('gb18030', { ignoreBOM: true }).decode(bytes).split('\n');
  decoded.forEach((character, index) => {
    if (character.length === 1 && character !== '\uFFFD')
      table.set(character, bytes.subarray(index * stride, index * stride + ranges.length));
  });
};

let table: Map<string, Buffer> | undefined;

/** Built at first use: some 60,000 entries. The shorter sequence wins where two decode alike. */
const encodingTable = (): Map<string, Buffer> => {
  if (table) return table;
  const built = new Map<string, Buffer>();
  // Four bytes below U+10000; the characters above follow by arithmetic.
  addSequences(built, [range(0x81, 0x84), digits, leads, digits]);
  addSequences(built, [leads, trails]);
  table = built;
  return built;
};

const replacementCharacter = Buffer.from([0x84, 0x31, 0xa4, 0x37]);

const supplementary = (codePoint: number): Buffer => {
  const linear = codePoint - 0x10000;
  return Buffer.from([
    0x90 + Math.floor(linear / 12600),
    0x30 + (Math.floor(linear / 1260) % 10),
    0x81 + (Math.floor(linear / 10) % 126),
    0x30 + (linear % 10),
  ]);
};

const encodeCharacter = (character: string): Buffer => {
  const codePoint = character.codePointAt(0) ?? 0;
  if (codePoint < 0x80) return Buffer.from([codePoint]);
  if (codePoint >= 0x10000) return supplementary(codePoint);
  return encodingTable().get(character) ?? replacementCharacter;
};

/**
 * Bytes of the text in GB 18030. A lone surrogate becomes U+FFFD, as in UTF-8; so do the two dozen private-use
 * characters that the decoder itself never yields.
 */
export const encodeGb18030 = (text: string): Buffer => Buffer.concat(Array.from(text, encodeCharacter));
