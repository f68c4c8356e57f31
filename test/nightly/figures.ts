import { appendFileSync } from 'node:fs';
import { quantile } from '../../bench/measure/statistics';

/** Keeps what was measured for the end of the run; without a run of the whole it goes to the terminal at once. */
export const report = (id: string, figures: Readonly<Record<string, number | string>>): void => {
  const said = Object.entries(figures).map(([what, figure]) => `${what} ${shown(figure)}`);
  const line = `  ${id.padEnd(5)} ${said.join(', ')}\n`;
  const file = process.env['COUNTERSIGN_TEST_FIGURES'];
  if (file === undefined) process.stderr.write(line);
  else appendFileSync(file, line);
};

const shown = (figure: number | string): string =>
  typeof figure === 'number' ? String(Number(figure.toFixed(figure < 10 ? 2 : 0))) : figure;

/** The 95th percentile; milliseconds in, milliseconds out. */
export const p95 = (values: readonly number[]): number => quantile(values, 0.95);

/** The largest of however many values; -Infinity of none. */
export const largest = (values: readonly number[]): number =>
  values.reduce((most, one) => Math.max(most, one), -Infinity);
