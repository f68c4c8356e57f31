/** A field of a form as the walk sees it: radios of one group are one stop, at the one that is chosen. */
export interface Stop {
  /** Name of the group for radios; null for everything else. */
  readonly group: string | null;
  readonly checked: boolean;
}

/** Where Enter leads from the field at `from`: the next stop, or the one before; the same at the ends. */
export const nextStop = (stops: readonly Stop[], from: number, back: boolean): number => {
  const here = stops[from];
  const step = back ? -1 : 1;
  for (let at = from + step; at >= 0 && at < stops.length; at += step) {
    const group = stops[at]?.group ?? null;
    if (group === null) return at;
    if (group === here?.group) continue;
    return entryOf(stops, group);
  }
  return from;
};

/* As the tab key does: into a group of radios by the chosen one, else by the first. */
const entryOf = (stops: readonly Stop[], group: string): number => {
  const chosen = stops.findIndex((stop) => stop.group === group && stop.checked);
  return chosen === -1 ? stops.findIndex((stop) => stop.group === group) : chosen;
};
