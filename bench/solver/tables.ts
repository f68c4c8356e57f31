import { type BenchId, benches, benchIds, comparedOf } from './benches';
import type { SolverResult } from './results';

/** How far above its reference a result is, in percent; without a plan it counts as 100. */
export const gapOf = (result: SolverResult): number => {
  const compared = comparedOf(result.bench, result);
  return compared === null || result.violations !== 0 ? 100 : (100 * (compared - result.reference)) / result.reference;
};

const mean = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0) / numbers.length;

/** The last result of each instance of a bench, by its longest limit, in the order of the instances' names. */
const lastOf = (results: readonly SolverResult[], bench: BenchId): SolverResult[] => {
  const own = results.filter((result) => result.bench === bench);
  const limit = Math.max(...own.map((result) => result.limit));
  const last = new Map(own.filter((result) => result.limit === limit).map((result) => [result.instance, result]));
  return [...last.values()].toSorted((a, b) => a.instance.localeCompare(b.instance));
};

const rowOf = (result: SolverResult): string => {
  const { instance, cost, parts, violations, firstFeasibleMs, iterationsPerSecond, rssMb, commit, load } = result;
  const worth = Object.entries(parts)
    .filter(([, points]) => points !== 0)
    .map(([part, points]) => `${part} ${points}`);
  const cells = [
    instance,
    cost ?? 'none',
    result.reference,
    gapOf(result).toFixed(2),
    violations ?? '',
    firstFeasibleMs,
  ];
  return `| ${[...cells, iterationsPerSecond, rssMb, load, commit, worth.join(', ')].join(' | ')} |`;
};

const head = [
  '| instance | cost | reference | gap % | violations | first plan ms | iterations/s | MiB | load | commit | cost by part |',
  '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
];

const tableOf = (bench: BenchId, results: readonly SolverResult[]): string[] => {
  const last = lastOf(results, bench);
  const [any] = last;
  if (any === undefined) return [];
  const { what, goal, against } = benches[bench];
  const gaps = last.map(gapOf);
  const feasible = last.filter(({ violations }) => violations === 0).length;
  return [
    `### ${bench}: ${what}`,
    '',
    `Goal: ${goal}. ${last.length} instances, ${feasible} without a violation, **mean gap ${mean(gaps).toFixed(2)} %** (${Math.min(...gaps).toFixed(2)} to ${Math.max(...gaps).toFixed(2)}) against: ${against}. ${any.limit} s, ${any.threads} threads, seed ${any.seed}; ${any.hardware}; ${any.date.slice(0, 10)}.`,
    '',
    ...head,
    ...last.map(rowOf),
    '',
  ];
};

/** The tables of every bench that has results. */
export const tablesOf = (results: readonly SolverResult[]): string =>
  benchIds.flatMap((bench) => tableOf(bench, results)).join('\n');

const [begin, end] = ['<!-- solver tables: written by npm run bench:solver -->', '<!-- end of the solver tables -->'];

/** The page with its tables exchanged; what stands outside the two marks is left alone. */
export const withTables = (page: string, tables: string): string => {
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error('the page has no place for the tables of the solver');
  return `${before}${begin}\n\n${tables}\n${end}${after}`;
};
