import { type Charset, charsetNamed, decodeBytes, isPlainAscii } from './charset';
import { rawHeaderField } from './header';
import { readSeparators, splitAt } from './separators';

/** The text of a message and how it was read, or why it could not be; `firstLine` is MSH as far as it can be read. */
export type DecodedMessage = {
  readonly firstLine: string;
  readonly charset: Charset;
  /** MSH-18 as sent when we know the name, else ''. */
  readonly declared: string;
} & (
  | { readonly ok: true; readonly text: string; readonly assumed: boolean }
  | { readonly ok: false; readonly reason: 'charset-unsupported' | 'bytes-invalid' }
);

const byteOrderMarks: readonly (readonly [Charset, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['gb18030', [0x84, 0x31, 0x95, 0x33]],
];

interface Marked {
  readonly body: Uint8Array;
  readonly marked?: Charset;
}

const withoutMark = (bytes: Uint8Array): Marked => {
  const found = byteOrderMarks.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte));
  return found ? { body: bytes.subarray(found[1].length), marked: found[0] } : { body: bytes };
};

const isLineEnd = (byte: number): boolean => byte === 0x0d || byte === 0x0a;

const firstLineBytes = (bytes: Uint8Array): Uint8Array => {
  const start = bytes.findIndex((byte) => byte > 0x20);
  const rest = bytes.subarray(start === -1 ? bytes.length : start);
  const end = rest.findIndex(isLineEnd);
  return end === -1 ? rest : rest.subarray(0, end);
};

// GB 18030 has trail bytes that look like separators: split only text that was decoded.
const readableText = (bytes: Uint8Array): string =>
  decodeBytes(bytes, 'utf-8') ?? decodeBytes(bytes, 'gb18030') ?? new TextDecoder('utf-8').decode(bytes);

const declaredCharset = (firstLine: string): string => {
  const separators = readSeparators(firstLine);
  if (separators === undefined) return '';
  const name = splitAt(rawHeaderField(firstLine)(18), separators.repetition)[0] ?? '';
  return name === '""' ? '' : name.trim();
};

const charsetFor = (name: string, fallback: Charset, bytes: Uint8Array): Charset | undefined => {
  if (name === '') return fallback;
  return charsetNamed(name) ?? (isPlainAscii(bytes) ? 'utf-8' : undefined);
};

/**
 * Decodes the bytes of a message by its byte order mark, else by MSH-18, else by the fallback of the connection.
 * A name we do not know is accepted only while every byte is ASCII; wrong bytes are never replaced or guessed at.
 */
export const decodeMessage = (bytes: Uint8Array, fallback: Charset): DecodedMessage => {
  const { body, marked } = withoutMark(bytes);
  const headerBytes = firstLineBytes(body);
  const firstLine = readableText(headerBytes);
  const name = declaredCharset(firstLine);
  const charset = marked ?? charsetFor(name, fallback, body);
  if (charset === undefined)
    return { firstLine, declared: '', charset: fallback, ok: false, reason: 'charset-unsupported' };
  const named = charsetNamed(name) === charset;
  const base = { firstLine: decodeBytes(headerBytes, charset) ?? firstLine, charset, declared: named ? name : '' };
  const text = decodeBytes(body, charset);
  if (text === undefined) return { ...base, ok: false, reason: 'bytes-invalid' };
  return { ...base, ok: true, text, assumed: !marked && !named && !isPlainAscii(body) };
};
