import { encodeGb18030 } from './gb18030';

/** Character sets we read and answer in. */
export const charsets = ['utf-8', 'gb18030'] as const;

/** One of {@link charsets}. */
export type Charset = (typeof charsets)[number];

/** Names of table 0211 and their everyday variants, without blanks and hyphens. ASCII is read as UTF-8, its superset. */
const charsetNames: Readonly<Record<string, Charset>> = {
  ASCII: 'utf-8',
  UNICODE: 'utf-8',
  UNICODEUTF8: 'utf-8',
  UTF8: 'utf-8',
  GB180302000: 'gb18030',
  GB180302005: 'gb18030',
  GB180302022: 'gb18030',
  GB18030: 'gb18030',
  GBK: 'gb18030',
  GB2312: 'gb18030',
};

/** The character set a name of MSH-18 means, or undefined when we do not read it. */
export const charsetNamed = (name: string): Charset | undefined => {
  const key = name.toUpperCase().replace(/[\s_-]/g, '');
  return Object.hasOwn(charsetNames, key) ? charsetNames[key] : undefined;
};

const isInvalidBytes = (thrown: unknown): boolean =>
  typeof thrown === 'object' &&
  thrown !== null &&
  'code' in thrown &&
  thrown.code === 'ERR_ENCODING_INVALID_ENCODED_DATA';

/** Text of the bytes, or undefined when they are not valid in the character set or hold NUL (which no store of text keeps). */
export const decodeBytes = (bytes: Uint8Array, charset: Charset): string | undefined => {
  try {
    const text = new TextDecoder(charset, { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch (thrown) {
    if (isInvalidBytes(thrown)) return undefined;
    throw thrown;
  }
};

/** Bytes of the text; characters that the set lacks (lone surrogates) become a replacement. */
export const encodeBytes = (text: string, charset: Charset): Buffer =>
  charset === 'utf-8' ? Buffer.from(text, 'utf8') : encodeGb18030(text);

/** Whether the bytes are plain text in ASCII, hence the same in every character set that extends it. */
export const isPlainAscii = (bytes: Uint8Array): boolean =>
  bytes.every((byte) => (byte >= 0x20 && byte < 0x7f) || byte === 0x0d || byte === 0x0a || byte === 0x09);
