import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGunzip, createGzip } from 'node:zlib';
import { stringify } from 'csv-stringify';

/** A value of a cell; null leaves it empty. */
export type Cell = string | number | boolean | null;

/** A finished file. It is held compressed, because it must be whole, and its digest audited, before any of it is sent. */
export interface CsvFile {
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly gzipped: readonly Buffer[];
}

/* A spreadsheet rounds long numbers, drops leading zeros and reads 12e5 as a number; a line feed can hide a formula. */
const mistaken = /^(?:\d{12,}|0\d+|\d+e\d+)$|^\n/i;

const options = {
  bom: true,
  header: true,
  escape_formulas: true,
  record_delimiter: 'windows',
  // A line end inside a cell, also half of one, ends no row.
  quoted_match: /[\r\n]/,
  cast: {
    string: (value: string) => (mistaken.test(value) ? `'${value}` : value),
    boolean: String,
  },
} as const;

/**
 * Writes rows as a CSV that spreadsheets read as it is meant: UTF-8 with BOM, no cell a formula, long numbers as text (both
 * behind an apostrophe).
 */
export const writeCsv = async (
  rows: AsyncIterable<Readonly<Record<string, Cell>>>,
  columns: readonly { readonly key: string; readonly header: string }[],
): Promise<CsvFile> => {
  const hash = createHash('sha256');
  const gzipped: Buffer[] = [];
  const count = { rows: 0, bytes: 0 };
  await pipeline(
    Readable.from(counted(rows, count)),
    stringify({ ...options, columns: [...columns] }),
    async function* (text: AsyncIterable<Buffer | string>) {
      for await (const piece of text) {
        const bytes = Buffer.from(piece);
        hash.update(bytes);
        count.bytes += bytes.length;
        yield bytes;
      }
    },
    createGzip({ level: constants.Z_BEST_SPEED }),
    async (compressed: AsyncIterable<Buffer>) => {
      for await (const piece of compressed) gzipped.push(piece);
    },
  );
  return { ...count, sha256: hash.digest('hex'), gzipped };
};

async function* counted<T>(rows: AsyncIterable<T>, count: { rows: number }): AsyncGenerator<T> {
  for await (const row of rows) {
    count.rows += 1;
    yield row;
  }
}

/** The bytes of a file, as they were hashed. */
export const readCsv = ({ gzipped }: CsvFile): Readable => Readable.from(gzipped).pipe(createGunzip());
