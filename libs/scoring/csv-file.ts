import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

/** One data line by column name, cells as written. */
export type CsvRow = Readonly<Record<string, string>>;

/** The rows of a file, or why there are none, in words for the person who named the file. */
export type CsvOutcome = { readonly rows: readonly CsvRow[] } | { readonly failure: string };

/** The rows of a file that can be read, and how many lines of it cannot, or why there are none. */
export type ReadableOutcome =
  { readonly rows: readonly CsvRow[]; readonly unreadable: number } | { readonly failure: string };

/** Reads a CSV file with one header line (RFC 4180, UTF-8, gzip by its magic bytes) that has the given columns. */
export const readCsv = (file: string, columns: readonly string[]): CsvOutcome => {
  const bytes = contentOf(file);
  if ('failure' in bytes) return bytes;
  const parsed = attempt(() => parsedRows(bytes.value));
  if ('failure' in parsed) return { failure: `${file} is not a CSV file: ${parsed.failure}` };
  return checked(file, parsed.value, columns);
};

/**
 * As {@link readCsv}, but a file with a line that is broken is read line by line, and the broken ones are counted: an
 * open quote would otherwise swallow the rest of the file.
 */
export const readReadable = (file: string, columns: readonly string[]): ReadableOutcome => {
  const bytes = contentOf(file);
  if ('failure' in bytes) return bytes;
  const whole = attempt(() => parsedRows(bytes.value));
  const { rows, unreadable } = 'value' in whole ? { rows: whole.value, unreadable: 0 } : lineByLine(bytes.value);
  const outcome = checked(file, rows, columns);
  return 'failure' in outcome ? outcome : { ...outcome, unreadable };
};

const lineByLine = (bytes: Buffer): { rows: CsvRow[]; unreadable: number } => {
  const [header = '', ...lines] = bytes.toString('utf8').split(/\r?\n/);
  const read = lines
    .filter((line) => line.trim() !== '')
    .map((line) => attempt(() => parsedRows(`${header}\n${line}\n`)));
  const rows = read.flatMap((outcome) => ('value' in outcome ? outcome.value : []));
  return { rows, unreadable: read.filter((outcome) => 'failure' in outcome).length };
};

const parsedRows = (content: Buffer | string): CsvRow[] =>
  parse(content, { columns: true, bom: true, skip_empty_lines: true }) as CsvRow[];

const contentOf = (file: string): { readonly value: Buffer } | { readonly failure: string } => {
  const bytes = attempt(() => unzipped(readFileSync(file)));
  return 'failure' in bytes ? { failure: `cannot read ${file}: ${bytes.failure}` } : bytes;
};

const checked = (file: string, rows: readonly CsvRow[], columns: readonly string[]): CsvOutcome => {
  const [first] = rows;
  if (first === undefined) return { failure: `${file} has no data line` };
  const absent = columns.filter((column) => !(column in first));
  return absent.length > 0 ? { failure: `${file} lacks the columns: ${absent.join(', ')}` } : { rows };
};

const unzipped = (bytes: Buffer): Buffer => (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes);

const attempt = <T>(work: () => T): { readonly value: T } | { readonly failure: string } => {
  try {
    return { value: work() };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
};
