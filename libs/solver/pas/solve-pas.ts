import { type Acceptance, search, type SearchReport, type SearchWish } from '../search/search';
import { firstPasPlan } from './first-plan';
import type { PasPlan, PasProblem } from './pas.problem';
import { pasSpace } from './pas.space';

/** Temperatures in points of soft cost: a few nights' wishes at first, less than the smallest one at the end. */
export const pasAnnealing: Acceptance = { kind: 'annealing', from: 30, to: 1 };

export interface PasSolution extends SearchReport {
  readonly plan: PasPlan;
}

/** The best plan found within a budget, from the first plan on; no hard rule is broken at any time. */
export const solvePas = (
  problem: PasProblem,
  { seed, spent, acceptance = pasAnnealing }: Pick<SearchWish, 'seed' | 'spent'> & { readonly acceptance?: Acceptance },
): PasSolution => {
  const first = firstPasPlan(problem);
  if (first.length === 0) return { plan: first, best: 0, iterations: 0, accepted: 0 };
  const space = pasSpace(problem, first);
  const report = search(space, { seed, acceptance, spent, onBest: () => space.keep() });
  return { plan: space.kept(), ...report };
};
