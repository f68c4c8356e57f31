/** The element at an index that the program itself made; one outside is a fault of the program, never of a file. */
export const at = <T>(array: ArrayLike<T>, index: number): T => {
  const element = array[index];
  if (element === undefined) throw new RangeError(`index ${index} of ${array.length}`);
  return element;
};

/** Adds to an element of a typed array, checked as by {@link at}. */
export const add = (array: Int32Array | Float64Array, index: number, amount: number): void => {
  array[index] = at(array, index) + amount;
};

export const sum = (numbers: Iterable<number>): number => {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
};

/** From names to their places, each name once. */
export const placesOf = (names: readonly string[]): Map<string, number> =>
  new Map(names.map((name, place) => [name, place]));

/** The items by key, keys and items in the order in which they came. */
export const groupBy = <T, K>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, T[]> => {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
};
