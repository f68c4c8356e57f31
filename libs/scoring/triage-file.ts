import { triageInputSchema } from '#libs/processes/triage/triage.assessment';
import { type CsvRow, readCsv, readReadable } from './csv-file';
import { danishColumns, danishRow } from './danish-format';
import { ktasColumns, ktasRow } from './ktas-format';
import type { TriageRow } from './triage-row';

const formats = {
  danish: { columns: danishColumns, row: danishRow },
  ktas: { columns: ktasColumns, row: ktasRow },
} as const satisfies Record<string, { columns: readonly string[]; row: (row: CsvRow) => TriageRow }>;

/** A data set layout that can be read. */
export type TriageFormat = keyof typeof formats;

/** All layouts, for a command line to list. */
export const triageFormats = Object.keys(formats) as TriageFormat[];

/** The visits of a file, or why it cannot be read. */
export type TriageFile = { readonly rows: readonly TriageRow[] } | { readonly failure: string };

/** Reads the visits of a data set file, all of it or nothing. */
export const readTriageFile = (format: TriageFormat, file: string): TriageFile => {
  const { columns, row } = formats[format];
  const read = readCsv(file, columns);
  return 'failure' in read ? read : { rows: read.rows.map(row) };
};

/** The visits of a file that the product would take, and how many of its lines are none. */
export type ReadableTriageFile =
  { readonly rows: readonly TriageRow[]; readonly unreadable: number } | { readonly failure: string };

/** Reads what can be read of a data set file, and counts the rest. */
export const readTriageRows = (format: TriageFormat, file: string): ReadableTriageFile => {
  const { columns, row } = formats[format];
  const read = readReadable(file, columns);
  if ('failure' in read) return read;
  const rows = read.rows.map(row).filter(({ input }) => triageInputSchema.safeParse(input).success);
  return { rows, unreadable: read.unreadable + read.rows.length - rows.length };
};
