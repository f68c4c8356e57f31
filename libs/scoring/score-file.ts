import { type CsvRow, readCsv } from './csv-file';
import { danishColumns, danishRow } from './danish-format';
import { ktasColumns, ktasRow } from './ktas-format';
import type { TriageRow } from './triage-row';
import { scoreTriage, type TriageScore } from './triage-score';

const formats = {
  danish: { columns: danishColumns, row: danishRow },
  ktas: { columns: ktasColumns, row: ktasRow },
} as const satisfies Record<string, { columns: readonly string[]; row: (row: CsvRow) => TriageRow }>;

/** A data set layout that can be scored. */
export type TriageFormat = keyof typeof formats;

/** All layouts, for a command line to list. */
export const triageFormats = Object.keys(formats) as TriageFormat[];

/** The score of a file and how many written measurements no assessment would accept, or why it cannot be scored. */
export type ScoreOutcome = { readonly score: TriageScore; readonly refused: number } | { readonly failure: string };

/** Scores the product's triage rules on a data set file. */
export const scoreTriageFile = (format: TriageFormat, file: string): ScoreOutcome => {
  const { columns, row } = formats[format];
  const read = readCsv(file, columns);
  if ('failure' in read) return read;
  const rows = read.rows.map(row);
  return { score: scoreTriage(rows), refused: rows.reduce((sum, { refused }) => sum + refused, 0) };
};
