/** The query of an address as a saved filter keeps it: each parameter once, without empty ones. */
export const queryOf = (search: URLSearchParams): Record<string, string> =>
  Object.fromEntries([...search].filter(([, value]) => value !== ''));

/** Whether the address asks for what the filter asks for. */
export const isSame = (one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean =>
  Object.keys(one).length === Object.keys(other).length &&
  Object.entries(one).every(([name, value]) => other[name] === value);
