import { type Text } from '#libs/packs/text';
import { missed, overTriageAdded, type Compared } from '#libs/scoring/against-experts';
import { type Replayed } from './flow';
import { type Visit } from './visit';

/** A visit with what became of it; null: it failed. */
export interface Outcome {
  readonly visit: Visit;
  readonly replayed: Replayed | null;
}

/** Milliseconds at the median and at the 99th of 100. */
export interface Quantiles {
  readonly p50: number | null;
  readonly p99: number | null;
}

/** What a replay came to; null: the data cannot say. n = committed + failed; unreadable lines were never sent. */
export interface ReplayFigures {
  readonly n: number;
  readonly committed: number;
  readonly failed: number;
  readonly unreadable: number;
  /** Decisions made beside a draft, and decisions below the floor with a second signature. */
  readonly drafted: number;
  readonly coSigned: number;
  readonly flowsPerSecond: number;
  readonly decisionAnsweredMs: Quantiles;
  readonly effectCarriedOutMs: Quantiles;
  readonly missed: { readonly [K in 'nurse' | 'nurseAndFloor' | 'nurseFloorAndDraft']: number | null };
  readonly overTriageAdded: { readonly [K in 'floor' | 'floorAndDraft']: number | null };
  /** How often an invariant was found broken afterwards. */
  readonly violations: number;
  /** What stands for something that the data do not say. */
  readonly proxies: readonly Text[];
}

/** How a replay went beside its visits. */
export interface Run {
  readonly unreadable: number;
  /** How long the visits took together, ms. */
  readonly tookMs: number;
  readonly violations: number;
  readonly proxies: readonly Text[];
}

/** Counts a replay. */
export const figuresOf = (outcomes: readonly Outcome[], run: Run): ReplayFigures => {
  const { unreadable, tookMs, violations, proxies } = run;
  const done = outcomes.flatMap(({ replayed }) => replayed ?? []);
  const compared = outcomes.flatMap(comparedOf);
  return {
    n: outcomes.length,
    committed: done.length,
    failed: outcomes.length - done.length,
    unreadable,
    drafted: done.filter(({ drafted }) => drafted).length,
    coSigned: done.filter(({ coSigned }) => coSigned).length,
    flowsPerSecond: tookMs > 0 ? rounded((done.length * 1000) / tookMs) : 0,
    decisionAnsweredMs: quantiles(done.map(({ answeredMs }) => answeredMs)),
    effectCarriedOutMs: quantiles(done.map(({ carriedOutMs }) => carriedOutMs)),
    missed: {
      nurse: missed(compared, []),
      nurseAndFloor: missed(compared, ['floor']),
      nurseFloorAndDraft: missed(compared, ['floor', 'draft']),
    },
    overTriageAdded: {
      floor: overTriageAdded(compared, ['floor']),
      floorAndDraft: overTriageAdded(compared, ['floor', 'draft']),
    },
    violations,
    proxies,
  };
};

const comparedOf = ({ visit, replayed }: Outcome): Compared[] => {
  const { expert, nurse } = visit.row.truth;
  return replayed === null ? [] : [{ expert, nurse, floor: replayed.floor, draft: replayed.draft }];
};

/** By the nearest rank; null of no values. */
const quantiles = (values: readonly number[]): Quantiles => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (p: number): number | null => {
    const value = sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)];
    return value === undefined ? null : rounded(value);
  };
  return { p50: at(0.5), p99: at(0.99) };
};

const rounded = (value: number): number => Number(value.toFixed(1));
