import type { PasProblem } from '../pas/pas.problem';
import { nightPrice } from '../pas/night-price';
import { pricesOf } from './linear-program';
import { type Aim, boundBy, type PasRelaxation, programOf, relaxationOf } from './pas-relaxation';

/**
 * A cost (as {@link nightPrice} adds it up) that no plan without a broken hard rule is below: the linear relaxation,
 * proven by its prices in exact sums, rounded up to what costs can be. Where the house cannot hold everybody, the fewest
 * nights without a bed come first, then the soft cost of plans with so few. Undefined = the solver found no prices.
 */
export const pasBound = async (problem: PasProblem): Promise<number | undefined> => {
  const relaxation = relaxationOf(problem);
  if (relaxation.options.length === 0) return 0;
  const grid = relaxation.options.flat().reduce((divisor, { soft }) => greatestCommonDivisor(divisor, soft), 0);
  const softFor = async (mostNights: number): Promise<number | undefined> => {
    const least = await leastOf(relaxation, { soft: 1, night: 0, mostNights });
    return least === undefined || grid === 0 ? least : Math.max(0, Math.ceil(least / grid) * grid);
  };
  const everyonePlaced = relaxation.options.every((kinds) => kinds.length > 0) ? await softFor(0) : undefined;
  if (everyonePlaced !== undefined) return everyonePlaced;
  const nights = await leastOf(relaxation, { soft: 0, night: 1, mostNights: Infinity });
  if (nights === undefined) return undefined;
  const medium = Math.max(0, Math.ceil(nights));
  return nightPrice(problem) * medium + ((await softFor(medium)) ?? 0);
};

const leastOf = async (relaxation: PasRelaxation, aim: Aim): Promise<number | undefined> => {
  const prices = await pricesOf(programOf(relaxation, aim));
  return prices === undefined ? undefined : boundBy(relaxation, aim, prices);
};

const greatestCommonDivisor = (one: number, other: number): number =>
  other === 0 ? one : greatestCommonDivisor(other, one % other);
