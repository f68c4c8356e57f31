import { at } from '../arrays';
import type { WardProblem } from './ward.problem';
import { tablesOf } from './ward.tables';
import { WardRelaxation } from './ward-relaxation';

export interface BoundWish {
  /** How often the prices are adjusted; more make the bound tighter. */
  readonly steps: number;
}

export const usualBound: BoundWish = { steps: 150 };

/**
 * Points that no plan of a house can be below, whatever it does: a Lagrangian bound (Held, Wolfe and Crowder 1974). Beds
 * have prices at some points in time, the same for beds of a kind; every request takes the bed and start that cost it
 * least with these prices, or stays without a bed; every patient in house stays or moves by the same account; and what
 * the prices come to for all beds is taken off. For any prices that is a bound, because in a plan nobody shares a bed at
 * any point in time. Prices rise where more people choose than there are beds and fall where fewer do, by less and less.
 * Left out are S10, S11, the sex and the infections of roommates who may be moved, and the nurses.
 */
export const wardBound = (problem: WardProblem, { steps }: BoundWish = usualBound): number => {
  if (problem.requests === 0) return 0;
  const relaxation = new WardRelaxation(tablesOf(problem));
  const unit = at(tablesOf(problem).prices.toSorted(), 0);
  let best = relaxation.solve();
  const tryRaise = (kind: number, point: number, by: number): void => {
    relaxation.raise(kind, point, by);
    const bound = relaxation.solve();
    if (bound > best) best = bound;
    else relaxation.raise(kind, point, -by);
  };
  // Scarce are the beds of some hours as a whole, and some kinds of them in particular.
  for (const by of [4, 2, 1]) for (let point = 0; point < relaxation.points; point += 2) tryRaise(-1, point, by * unit);
  for (const by of [4, 2, 1])
    for (let kind = 0; kind < relaxation.kinds; kind++)
      for (const point of relaxation.dearPoints()) tryRaise(kind, point, by * unit);
  const [first, last] = [60, 0.5];
  for (let step = 0; step < steps; step++) {
    relaxation.adjust(first * (last / first) ** (step / steps));
    best = Math.max(best, relaxation.solve());
  }
  return best;
};
