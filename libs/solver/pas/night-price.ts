import { sum } from '../arrays';
import type { PasProblem } from './pas.problem';
import { tablesOf } from './pas.tables';

/**
 * What a night without a bed costs beside soft cost, so that one number compares medium first, then soft: a power of
 * ten above the soft cost of every plan. A cost is then `price × medium + soft`.
 */
export const nightPrice = (problem: PasProblem): number => {
  const rooms = problem.rooms.ids.length;
  const { cost } = tablesOf(problem);
  const dearest = sum(
    Array.from(problem.parts.patient, (_, part) =>
      cost.subarray(part * rooms, (part + 1) * rooms).reduce((most, one) => Math.max(most, one), 0),
    ),
  );
  return 10 ** (1 + Math.floor(Math.log10(Math.max(1, dearest))));
};

/** A cost taken apart again. */
export const partsOfCost = (problem: PasProblem, cost: number): { readonly medium: number; readonly soft: number } => {
  const price = nightPrice(problem);
  return { medium: Math.floor(cost / price), soft: cost % price };
};
