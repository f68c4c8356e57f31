import { type Preferences } from '../preferences/preferences';

/** How a person arranged a table: what stands where, what is left out, what stays in front. */
export type Arrangement = Preferences['tables'][string];

/** A column of a table; `always` marks what nobody may hide, lest a patient be misread. */
export interface Column<Id extends string> {
  readonly id: Id;
  readonly always?: true;
}

/** A column as it stands in a person's arrangement. */
export interface Placed<Id extends string> extends Column<Id> {
  readonly shown: boolean;
  readonly pinned: boolean;
}

const asDesigned: Arrangement = { order: [], hidden: [], pinned: [] };

/** All columns in the person's order, pinned ones in front; those an arrangement does not name come last and are shown. */
export const placed = <Id extends string>(
  columns: readonly Column<Id>[],
  { order, hidden, pinned }: Arrangement = asDesigned,
): readonly Placed<Id>[] => {
  const rank = ({ id }: Column<Id>): number => (order.includes(id) ? order.indexOf(id) : order.length);
  const all = columns
    .toSorted((a, b) => rank(a) - rank(b))
    .map((column) => ({
      ...column,
      shown: column.always === true || !hidden.includes(column.id),
      pinned: pinned.includes(column.id),
    }));
  return [...all.filter((column) => column.pinned), ...all.filter((column) => !column.pinned)];
};

/** What is kept of an arrangement. */
export const arrangementOf = (all: readonly Placed<string>[]): Arrangement => ({
  order: all.map(({ id }) => id),
  hidden: all.filter(({ shown }) => !shown).map(({ id }) => id),
  pinned: all.filter(({ pinned }) => pinned).map(({ id }) => id),
});

/** Shows or hides a column; a hidden one is pinned no more. */
export const withShown = <Id extends string>(
  all: readonly Placed<Id>[],
  id: Id,
  shown: boolean,
): readonly Placed<Id>[] =>
  all.map((one) => (one.id === id && one.always !== true ? { ...one, shown, pinned: one.pinned && shown } : one));

/** Pins a column in front, after those pinned before, or lets it go again. */
export const withPinned = <Id extends string>(
  all: readonly Placed<Id>[],
  id: Id,
  pinned: boolean,
): readonly Placed<Id>[] => {
  const given = all.map((one) => (one.id === id ? { ...one, pinned: pinned && one.shown } : one));
  return [...given.filter((one) => one.pinned), ...given.filter((one) => !one.pinned)];
};

/** Moves a column one place; pinned ones stay among themselves. */
export const moved = <Id extends string>(all: readonly Placed<Id>[], id: Id, by: -1 | 1): readonly Placed<Id>[] => {
  const from = all.findIndex((one) => one.id === id);
  const [here, there] = [all[from], all[from + by]];
  if (!here || !there || here.pinned !== there.pinned) return all;
  return all.with(from, there).with(from + by, here);
};
