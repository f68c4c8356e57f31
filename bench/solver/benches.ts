import type { ProblemName } from '../../libs/solver/engine/problem-files';

/** A row of a bench: one instance, and what its cost is compared with. */
export interface BenchInstance {
  readonly id: string;
  /** Below the folder of the shared data. */
  readonly file: string;
  /** The best known cost, or a bound that no plan can be below. */
  readonly reference: number;
}

/** A bench of files: every instance once by the command line, as a user would run it. */
export interface SolverBench {
  readonly problem: ProblemName;
  readonly what: string;
  readonly goal: string;
  /** What the references are. */
  readonly against: string;
  readonly threads: number;
  /** Who solves: the optimiser, or what anybody would write first. */
  readonly by: 'optimiser' | 'baseline';
  readonly seconds: Readonly<Record<BenchMode, number>>;
  /** The instances of quick mode; full mode runs all. */
  readonly quick: readonly string[];
  readonly instances: (data: SharedBeds) => readonly BenchInstance[];
}

export type BenchMode = 'quick' | 'full';

/** Rows of a CSV file of the shared data, by the names of its head. */
export interface SharedBeds {
  readonly rows: (file: string) => readonly Readonly<Record<string, string>>[];
}

/** Soft costs of the linear relaxation in which every part has a bed: no such plan costs less. */
const pasBounds = {
  testdata01: 6432,
  testdata02: 11101.3,
  testdata03: 7410,
  testdata04: 11408,
  testdata05: 6208,
  testdata06: 7864,
};

const pasInstances = (): BenchInstance[] =>
  Object.entries(pasBounds).map(([id, reference]) => ({ id, reference, file: `beds/pas/${id}.txt` }));

const ihtcInstances = ({ rows }: SharedBeds): BenchInstance[] =>
  rows('beds/ihtc2024/best_known.csv').map(({ instance = '', best_known_upper_bound_dec2025 = '' }) => ({
    id: instance,
    file: `beds/ihtc2024/instances/${instance}.json.gz`,
    reference: Number(best_known_upper_bound_dec2025),
  }));

const pasuInstances = ({ rows }: SharedBeds): BenchInstance[] =>
  rows('beds/dynamic_pasu/best_known_zhu2019.csv').map(({ instance = '', fl2_lower_bound = '' }) => ({
    id: instance.replace('or_pas_', ''),
    file: `beds/dynamic_pasu/instances/${instance}.xml.gz`,
    reference: Number(fl2_lower_bound),
  }));

const ihtc = { problem: 'ihtc', against: 'best known, December 2025', instances: ihtcInstances } as const;

/** The benches by the ids of docs/performance.md. */
export const benches = {
  B1: {
    ...ihtc,
    by: 'optimiser',
    threads: 2,
    what: 'IHTC-2024, 10 minutes',
    goal: 'all feasible, mean ≤ 2.1 %',
    seconds: { quick: 60, full: 600 },
    quick: [],
  },
  B1s: {
    ...ihtc,
    by: 'optimiser',
    threads: 2,
    what: 'IHTC-2024, 60 s',
    goal: 'all feasible, mean ≤ 3.5 %',
    seconds: { quick: 60, full: 60 },
    quick: ['i03', 'i11', 'i20', 'i27'],
  },
  B1b: {
    ...ihtc,
    what: 'IHTC-2024, 60 s, the baseline',
    goal: 'none: it is there to be compared with',
    by: 'baseline',
    threads: 1,
    seconds: { quick: 60, full: 60 },
    quick: ['i03', 'i11'],
  },
  B2: {
    problem: 'pas',
    what: 'PAS, 60 s',
    goal: 'nobody without a bed, mean ≤ 1.7 %',
    against: 'linear relaxation',
    by: 'optimiser',
    threads: 2,
    seconds: { quick: 20, full: 60 },
    quick: ['testdata01', 'testdata02', 'testdata06'],
    instances: pasInstances,
  },
  B2o: {
    problem: 'pas',
    what: 'PAS overconstrained01, 60 s',
    goal: '1,326 nights without a bed',
    against: 'nights without a bed in the proven optimum',
    by: 'optimiser',
    threads: 2,
    seconds: { quick: 60, full: 60 },
    quick: ['overconstrained01'],
    instances: () => [{ id: 'overconstrained01', file: 'beds/pas/overconstrained01.txt', reference: 1326 }],
  },
  B4: {
    problem: 'pasu',
    what: 'PASU, 60 s for the horizon, day by day',
    goal: 'no violation, mean ≤ 8.7 %',
    against: 'lower bound FL2 of Zhu et al.',
    by: 'optimiser',
    threads: 2,
    seconds: { quick: 60, full: 60 },
    quick: ['dept2_short00', 'dept6_short03'],
    instances: pasuInstances,
  },
} as const satisfies Readonly<Record<string, SolverBench>>;

export type BenchId = keyof typeof benches;
export const benchIds = Object.keys(benches) as BenchId[];

/** What is compared with the reference: the cost, but where not everybody can have a bed the nights without one. */
export const comparedOf = (
  bench: BenchId,
  line: { cost: number | null; parts: Record<string, number> },
): number | null => (bench === 'B2o' ? (line.parts['medium'] ?? null) : line.cost);
