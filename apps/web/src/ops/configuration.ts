/** One setting as the table shows it; `hidden`: a secret, of which only that it is set is told. */
export interface Setting {
  readonly name: string;
  readonly value: string;
  readonly hidden: boolean;
}

const isTree = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return '—';
  if (Array.isArray(value)) return value.length === 0 ? '—' : value.map(textOf).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
};

/* As the API masks them. */
const isMasked = (value: string): boolean => value === '(set)' || value.includes(':***@');

/** The configuration as rows, by name. */
export const settingsOf = (configuration: Readonly<Record<string, unknown>>, before = ''): readonly Setting[] =>
  Object.entries(configuration)
    .flatMap(([key, value]): readonly Setting[] => {
      const name = `${before}${key}`;
      if (isTree(value) && Object.keys(value).length > 0) return settingsOf(value, `${name}.`);
      const text = isTree(value) ? '—' : textOf(value);
      return [{ name, value: text, hidden: isMasked(text) }];
    })
    .toSorted((a, b) => a.name.localeCompare(b.name));

/** The rows that hold every word that was typed, in name or value. */
export const matching = (settings: readonly Setting[], typed: string): readonly Setting[] => {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return settings.filter(({ name, value }) => words.every((word) => `${name} ${value}`.toLowerCase().includes(word)));
};
