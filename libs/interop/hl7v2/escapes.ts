import { type Charset, decodeBytes } from './charset';
import { type Separators, splitAt, standardSeparators } from './separators';

/** How the text of one message is written: its separators, and the character set that \Xhh\ bytes are in. */
export interface Encoding {
  readonly separators: Separators;
  readonly charset: Charset;
}

const separatorOf = (letter: string, separators: Separators): string | undefined => {
  const meanings: Readonly<Record<string, string | undefined>> = {
    F: separators.field,
    S: separators.component,
    T: separators.subcomponent,
    R: separators.repetition,
    E: separators.escape,
  };
  return meanings[letter];
};

const hexBytes = (sequence: string): Buffer | undefined =>
  /^X(?:[0-9A-Fa-f]{2})+$/.test(sequence) ? Buffer.from(sequence.slice(1), 'hex') : undefined;

interface Piece {
  readonly text: string;
  readonly bytes?: Buffer;
}

const pieceOf = (sequence: string, encoding: Encoding, mark: string): Piece => {
  const verbatim = mark + sequence + mark;
  const bytes = hexBytes(sequence);
  return bytes ? { text: verbatim, bytes } : { text: separatorOf(sequence, encoding.separators) ?? verbatim };
};

/** Neighbouring \Xhh\ sequences are decoded together: one Chinese character is often written as several. */
const joinPieces = (pieces: readonly Piece[], charset: Charset): string => {
  let text = '';
  let run: Piece[] = [];
  const flush = (): void => {
    const bytes = Buffer.concat(run.flatMap((piece) => piece.bytes ?? []));
    text += decodeBytes(bytes, charset) ?? run.map((piece) => piece.text).join('');
    run = [];
  };
  for (const piece of pieces) {
    if (piece.bytes) {
      run.push(piece);
      continue;
    }
    // An empty piece only separates two escape sequences that touch each other.
    if (piece.text === '') continue;
    flush();
    text += piece.text;
  }
  flush();
  return text;
};

/**
 * Text with the escape sequences \F\ \S\ \T\ \R\ \E\ \Xhh\ decoded. Sequences we do not know (formatting, other
 * character sets), hex bytes that are no text, and an unpaired escape character stay as they are.
 */
export const decodeEscapes = (text: string, encoding: Encoding): string => {
  const mark = encoding.separators.escape;
  if (mark === undefined || !text.includes(mark)) return text;
  const parts = text.split(mark);
  const unpaired = parts.length % 2 === 0 ? mark + (parts.pop() ?? '') : '';
  const pieces = parts.map((part, index): Piece => (index % 2 === 0 ? { text: part } : pieceOf(part, encoding, mark)));
  return joinPieces([...pieces, { text: unpaired }], encoding.charset);
};

/** Text written so that it can stand in a component: separators and line breaks become escape sequences. */
export const encodeEscapes = (text: string, separators: Required<Separators> = standardSeparators): string => {
  const sequences = new Map([
    [separators.field, 'F'],
    [separators.component, 'S'],
    [separators.subcomponent, 'T'],
    [separators.repetition, 'R'],
    [separators.escape, 'E'],
    ['\r', 'X0D'],
    ['\n', 'X0A'],
  ]);
  return Array.from(text, (character) => {
    const sequence = sequences.get(character);
    return sequence === undefined ? character : separators.escape + sequence + separators.escape;
  }).join('');
};

/** A whole field as sent, written anew with other separators. */
export const rewriteField = (raw: string, from: Encoding, to: Required<Separators>): string => {
  const { repetition, component, subcomponent } = from.separators;
  const text = (part: string): string => encodeEscapes(decodeEscapes(part, from), to);
  const subcomponents = (part: string): string => splitAt(part, subcomponent).map(text).join(to.subcomponent);
  const components = (part: string): string => splitAt(part, component).map(subcomponents).join(to.component);
  return splitAt(raw, repetition).map(components).join(to.repetition);
};
