/** Below, at or above 0: whether `a` stands before `b` in a ranking (0: a tie). */
export type Compare<T> = (a: T, b: T) => number;

/**
 * Area under the ROC curve of a ranking that puts what it fears most first; ties count as half.
 * Null where one of the two classes is empty.
 */
export const areaUnderCurve = <T>(
  rows: readonly T[],
  isEvent: (row: T) => boolean,
  fearedFirst: Compare<T>,
): number | null => {
  const events = rows.filter(isEvent).length;
  const others = rows.length - events;
  if (events === 0 || others === 0) return null;
  let wins = 0;
  let othersBefore = 0;
  for (const group of tied(rows, fearedFirst)) {
    const eventsHere = group.filter(isEvent).length;
    const othersHere = group.length - eventsHere;
    wins += eventsHere * (others - othersBefore - othersHere) + (eventsHere * othersHere) / 2;
    othersBefore += othersHere;
  }
  return wins / (events * others);
};

const tied = <T>(rows: readonly T[], compare: Compare<T>): T[][] => {
  const groups: T[][] = [];
  for (const row of rows.toSorted(compare)) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && compare(last[0], row) === 0) last.push(row);
    else groups.push([row]);
  }
  return groups;
};
