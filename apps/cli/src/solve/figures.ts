/** A figure with so many digits after the point; none stays none. */
export const rounded = <T extends number | undefined>(value: T, digits: number): T =>
  (value === undefined ? undefined : Math.round(value * 10 ** digits) / 10 ** digits) as T;

/** "At most so many percent above the best possible": how far a cost is above a proven bound. */
export const gapPercent = (cost: number, bound: number | undefined): number | undefined => {
  if (bound === undefined || cost === Infinity) return undefined;
  if (bound > 0) return rounded((100 * (cost - bound)) / bound, 2);
  return cost === bound ? 0 : undefined;
};
