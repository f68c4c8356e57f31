import type { Charset } from './charset';
import { type DecodedMessage, decodeMessage } from './decode-message';
import { type Hl7Header, headerProblem, isControlId, readHeader } from './header';
import { type Hl7Note, type ParsedMessage, treeOf } from './message';
import type { Hl7Problem } from './problem';

/** What the connection a message came by knows about it. */
export interface ParseOptions {
  /** Largest message in bytes; default {@link defaultMaxBytes}. */
  readonly maxBytes?: number;
  /** Character set of messages that do not name one in MSH-18; default UTF-8. */
  readonly defaultCharset?: Charset;
}

/** Size cap of a message when the caller sets none: 1 MiB. */
export const defaultMaxBytes = 1_048_576;

/** Why bytes are not a message we can take; the header is there when it could be read, so that the answer finds its way. */
export interface ParseFailure extends Hl7Problem {
  readonly ok: false;
  readonly controlId?: string;
  readonly header?: Hl7Header;
}

/** A parsed message, or what is wrong with it. */
export type ParseResult = { readonly ok: true; readonly message: ParsedMessage } | ParseFailure;

const failure = (problem: Hl7Problem, header?: Hl7Header): ParseFailure => ({
  ok: false,
  ...problem,
  ...(header && { header }),
  ...(header && isControlId(header.controlId) && { controlId: header.controlId }),
});

const headerOf = (decoded: DecodedMessage): Hl7Header | undefined =>
  decoded.firstLine.startsWith('MSH') ? readHeader(decoded.firstLine, decoded.charset, decoded.declared) : undefined;

const isBlank = (line: string): boolean => /^[\s\p{Cc}]*$/u.test(line);

interface Lines {
  readonly lines: readonly string[];
  readonly folded: boolean;
}

/**
 * Segments end with CR, LF or CRLF. A line that does not begin like a segment belongs to the one before: a bare line
 * feed inside an address must not cost the rest of the segment.
 */
const segmentLines = (text: string, field: string): Lines => {
  const isSegment = (line: string): boolean =>
    /^[A-Z][A-Z0-9]{2}/.test(line) && (line.length === 3 || line[3] === field);
  const lines: string[][] = [];
  let folded = false;
  for (const line of text.slice(text.search(/[^\s\p{Cc}]/u)).split(/\r\n|\r|\n/)) {
    const previous = lines.at(-1);
    if (isBlank(line)) continue;
    if (previous === undefined || isSegment(line)) lines.push([line]);
    else {
      previous.push(line);
      folded = true;
    }
  }
  return { lines: lines.map((parts) => parts.join('\n')), folded };
};

const versionNote = (version: string): Hl7Note[] => {
  if (version === '') return ['version-missing'];
  return /^2(\.\d+){1,2}$/.test(version) ? [] : ['version-unexpected'];
};

const parseText = (text: string, header: Hl7Header, assumed: boolean): ParseResult => {
  const { lines, folded } = segmentLines(text, header.encoding.separators.field);
  if (lines.filter((line) => line.startsWith('MSH')).length > 1)
    return failure({ code: '100', reason: 'several-messages', path: 'MSH' }, header);
  const problem = headerProblem(header);
  if (problem) return failure(problem, header);
  const notes: Hl7Note[] = [...versionNote(header.version)];
  if (folded) notes.push('continuation-line');
  if (assumed) notes.push('charset-assumed');
  return { ok: true, message: { header, notes, tree: treeOf(lines, header.encoding.separators) } };
};

const headerFailure = (decoded: DecodedMessage): ParseFailure =>
  decoded.firstLine.startsWith('MSH')
    ? failure({ code: '102', reason: 'separators-malformed', path: 'MSH-2' })
    : failure({ code: '100', reason: 'not-hl7', path: 'MSH' });

const undecodable = (reason: 'charset-unsupported' | 'bytes-invalid'): Hl7Problem =>
  reason === 'charset-unsupported' ? { code: '103', reason, path: 'MSH-18' } : { code: '102', reason };

/**
 * One HL7 v2 message from its bytes, of any version and type. Never throws and never guesses: bytes that are no text
 * in the character set of the message, unusable separators, a missing control id or type are failures with a code of
 * table 0357. Required fields of an event are checked by `toAdtEvent`.
 */
export const parseHl7 = (bytes: Uint8Array, options: ParseOptions = {}): ParseResult => {
  if (bytes.length === 0) return failure({ code: '100', reason: 'empty' });
  const most = options.maxBytes ?? defaultMaxBytes;
  const decoded = decodeMessage(bytes.subarray(0, most), options.defaultCharset ?? 'utf-8');
  const header = headerOf(decoded);
  if (bytes.length > most) return failure({ code: '102', reason: 'too-large' }, header);
  if (header === undefined) return headerFailure(decoded);
  if (!decoded.ok) return failure(undecodable(decoded.reason), header);
  return parseText(decoded.text, header, decoded.assumed);
};
