import { at, groupBy, sum } from '../arrays';
import type { PasProblem } from '../pas/pas.problem';
import { tablesOf } from '../pas/pas.tables';
import type { LinearProgram } from './linear-program';

/**
 * PAS without gender and with parts that may be cut among rooms: each part is placed once, a kind of room holds no more
 * on a night than it has beds. Rooms that are the same to every part are one kind.
 */
export interface PasRelaxation {
  readonly nights: number;
  readonly first: Int32Array;
  readonly end: Int32Array;
  /** Beds of each kind of room. */
  readonly beds: readonly number[];
  /** Of each part: the kinds that may take it, and its soft cost there. */
  readonly options: readonly (readonly { readonly kind: number; readonly soft: number }[])[];
}

/** What is to be least. */
export interface Aim {
  /** How much soft cost counts, 1 or 0, and a night without a bed. */
  readonly soft: 0 | 1;
  readonly night: number;
  /** How many nights may be without a bed; 0 = every part has one. */
  readonly mostNights: number;
}

export const relaxationOf = (problem: PasProblem): PasRelaxation => {
  const { cost, allowed } = tablesOf(problem);
  const rooms = problem.rooms.ids.length;
  const parts = [...problem.parts.patient.keys()];
  const softOf = (part: number, room: number): number | undefined =>
    at(allowed, part * rooms + room) === 1 ? at(cost, part * rooms + room) : undefined;
  const kinds = [
    ...groupBy([...problem.rooms.ids.keys()], (room) => parts.map((part) => softOf(part, room) ?? '').join()).values(),
  ];
  const beds = new Int32Array(rooms);
  for (const room of problem.beds.room) beds[room] = at(beds, room) + 1;
  return {
    nights: problem.nights,
    first: problem.parts.first,
    end: problem.parts.end,
    beds: kinds.map((same) => sum(same.map((room) => at(beds, room)))),
    options: parts.map((part) =>
      kinds.flatMap((same, kind) => {
        const soft = softOf(part, at(same, 0));
        return soft === undefined ? [] : [{ kind, soft }];
      }),
    ),
  };
};

/** Rows: one for each part, one for each kind and night, one for the nights without a bed. */
export const programOf = ({ nights, first, end, beds, options }: PasRelaxation, aim: Aim): LinearProgram => {
  const count = options.length;
  const last = count + beds.length * nights;
  const columns = options.flatMap((kinds, part): Column[] => {
    const stay = Array.from({ length: at(end, part) - at(first, part) }, (_, night) => at(first, part) + night);
    const placed = kinds.map(({ kind, soft }) => ({
      cost: aim.soft * soft,
      entries: [[part, 1] as const, ...stay.map((night) => [count + kind * nights + night, 1] as const)],
    }));
    if (aim.mostNights === 0) return placed;
    const entries = [[part, 1] as const, [last, stay.length] as const];
    return [...placed, { cost: aim.night * stay.length, entries }];
  });
  const upper = [...options.map(() => 1), ...beds.flatMap((size) => Array.from({ length: nights }, () => size))];
  const lower = upper.map((_, row) => (row < count ? 1 : -Infinity));
  return programWith(columns, [...lower, -Infinity], [...upper, aim.mostNights]);
};

interface Column {
  readonly cost: number;
  readonly entries: readonly (readonly [row: number, value: number])[];
}

const programWith = (columns: readonly Column[], lower: readonly number[], upper: readonly number[]): LinearProgram => {
  const starts = new Int32Array(columns.length + 1);
  for (const [column, { entries }] of columns.entries()) starts[column + 1] = at(starts, column) + entries.length;
  const entries = columns.flatMap((column) => column.entries);
  return {
    cost: Float64Array.from(columns, ({ cost }) => cost),
    starts,
    rows: Int32Array.from(entries, ([row]) => row),
    values: Float64Array.from(entries, ([, value]) => value),
    lower: Float64Array.from(lower),
    upper: Float64Array.from(upper),
  };
};

/** Prices are rounded to this, so that all sums of the bound are exact. */
const grain = 2 ** -16;

/**
 * The least of the aim as seen by prices for beds and for nights without one (Lagrange): each part takes what is
 * cheapest for it, the beds' prices are paid back. True for any prices at all, so nothing rests on the solver's tolerance.
 */
export const boundBy = (relaxation: PasRelaxation, aim: Aim, duals: Float64Array): number => {
  const { nights, first, end, beds, options } = relaxation;
  const prices = duals.subarray(options.length).map((dual) => Math.round(Math.max(0, -dual) / grain) * grain);
  const spare = at(prices, beds.length * nights);
  let bound = -spare * (Number.isFinite(aim.mostNights) ? aim.mostNights : 0);
  for (const [kind, size] of beds.entries()) bound -= size * sum(prices.subarray(kind * nights, (kind + 1) * nights));
  for (const [part, kinds] of options.entries()) {
    const [from, to] = [at(first, part), at(end, part)];
    let least = aim.mostNights > 0 ? (to - from) * (aim.night + spare) : Infinity;
    for (const { kind, soft } of kinds)
      least = Math.min(least, aim.soft * soft + sum(prices.subarray(kind * nights + from, kind * nights + to)));
    bound += least;
  }
  return bound;
};
