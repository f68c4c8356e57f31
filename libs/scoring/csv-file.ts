import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

/** One data line by column name, cells as written. */
export type CsvRow = Readonly<Record<string, string>>;

/** The rows of a file, or why there are none, in words for the person who named the file. */
export type CsvOutcome = { readonly rows: readonly CsvRow[] } | { readonly failure: string };

/** Reads a CSV file with one header line (RFC 4180, UTF-8, gzip by its magic bytes) that has the given columns. */
export const readCsv = (file: string, columns: readonly string[]): CsvOutcome => {
  const bytes = attempt(() => unzipped(readFileSync(file)));
  if ('failure' in bytes) return { failure: `cannot read ${file}: ${bytes.failure}` };
  const parsed = attempt(() => parse(bytes.value, { columns: true, bom: true, skip_empty_lines: true }) as CsvRow[]);
  if ('failure' in parsed) return { failure: `${file} is not a CSV file: ${parsed.failure}` };
  return checked(file, parsed.value, columns);
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
