type Form = Readonly<Record<string, unknown>>;

/* Nothing, an empty text and null are one: a field that was left empty. */
const plain = (value: unknown): string => JSON.stringify(value === '' || value === undefined ? null : value);

/** Whether two values of a field are the same to a reader. */
export const same = (one: unknown, other: unknown): boolean => plain(one) === plain(other);

/** The fields in which two forms differ. */
export const differing = (mine: object, theirs: object, fields: readonly string[]): readonly string[] =>
  fields.filter((field) => !same((mine as Form)[field], (theirs as Form)[field]));

/** Mine, with the named fields taken from theirs. */
export const merged = <Content>(mine: Content, theirs: Content, taken: readonly string[]): Content => {
  const from = theirs as Form;
  return { ...mine, ...Object.fromEntries(taken.map((field) => [field, from[field]])) };
};

/** Where a value on the screen comes from. */
export type Origin = 'mine' | 'draft' | 'rules' | 'history';

/** One line of the comparison: what this origin says of each field, and whether that differs from mine. */
export interface Line {
  readonly origin: Origin;
  readonly cells: readonly { readonly field: string; readonly value: unknown; readonly differs: boolean }[];
}

/** The values of every origin beside one's own. What an origin says nothing of differs from nothing. */
export const comparison = (
  fields: readonly string[],
  of: { readonly mine: object } & Partial<Record<Exclude<Origin, 'mine'>, object | null>>,
): readonly Line[] => {
  const mine = of.mine as Form;
  return (['mine', 'draft', 'rules', 'history'] as const).map((origin) => {
    const values = (of[origin] ?? {}) as Form;
    return {
      origin,
      cells: fields.map((field) => {
        const value = values[field] ?? null;
        return { field, value, differs: !same(value, null) && !same(value, mine[field]) };
      }),
    };
  });
};
