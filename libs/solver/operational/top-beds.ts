import { at } from '../arrays';
import { bestFirst, judgeBed, rankedStart, type Verdict, without } from './ward.evaluator';
import type { Placement, WardProblem } from './ward.problem';
import { bitOf, tablesOf, type WardTables } from './ward.tables';
import { type Stays, staysOf } from './stays';

const latest = bitOf('latest');

/** Sums are made in another order than the evaluator's: so far may a bound lie above what it bounds. */
const rounding = 1e-6;

/**
 * The best beds for a person on top of a plan, as the evaluator ranks all beds, in a fraction of its time: what rules and
 * wishes say of a bed, whoever else is there, bounds its rank from below, and most beds are never looked at closer.
 */
export const topBeds = (
  problem: WardProblem,
  plan: readonly Placement[],
  { person, from, count = 3 }: { readonly person: number; readonly from: number; readonly count?: number },
): Verdict[] => {
  const stays = staysOf(problem, without(plan, person));
  const best: Verdict[] = [];
  for (const { bed, broken, cost } of bounded(tablesOf(problem), stays, { person, from })) {
    const last = best[count - 1];
    if (last !== undefined && isBelow(last, broken, cost - rounding)) break;
    best.push(judgeBed(problem, stays, { person, bed, start: from }));
    best.sort(bestFirst);
    best.length = Math.min(best.length, count);
  }
  return best;
};

const isBelow = ({ violations, total }: Verdict, broken: number, cost: number): boolean =>
  violations.length < broken || (violations.length === broken && total < cost);

interface Bounded {
  readonly bed: number;
  readonly broken: number;
  readonly cost: number;
}

/** All beds with the fewest rules that each breaks and its least cost, the most promising first. */
const bounded = (
  tables: WardTables,
  stays: Stays,
  { person, from }: { readonly person: number; readonly from: number },
): Bounded[] => {
  const { problem } = tables;
  const wanted = Math.max(from, at(problem.ready, person));
  const beds: Bounded[] = [];
  for (let bed = 0; bed < problem.bedRoom.length; bed++) {
    const mask = tables.brokenOf(person, bed);
    const start = rankedStart(problem, stays, { person, bed, start: wanted });
    const late = start > at(problem.latest, person) ? latest : 0;
    const cost = tables.wishesOf(person, bed) + tables.waitingOf(person, start);
    beds.push({ bed, broken: bits(mask | late), cost });
  }
  return beds.sort((a, b) => a.broken - b.broken || a.cost - b.cost || a.bed - b.bed);
};

/** How many rules a mask has. */
export const bits = (mask: number): number => {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
};
