/** A share in whole percent; a dash where there is nothing to take a share of. */
export const percentOf = (part: number, whole: number): string =>
  whole === 0 ? '—' : `${Math.round((part / whole) * 100)}%`;
