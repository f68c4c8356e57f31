import { readTriageFile, type TriageFormat } from './triage-file';
import { scoreTriage, type TriageScore } from './triage-score';

/** The score of a file and how many written measurements no assessment would accept, or why it cannot be scored. */
export type ScoreOutcome = { readonly score: TriageScore; readonly refused: number } | { readonly failure: string };

/** Scores the product's triage rules on a data set file. */
export const scoreTriageFile = (format: TriageFormat, file: string): ScoreOutcome => {
  const read = readTriageFile(format, file);
  if ('failure' in read) return read;
  const { rows } = read;
  return { score: scoreTriage(rows), refused: rows.reduce((sum, { refused }) => sum + refused, 0) };
};
