import { at } from '../arrays';
import type { HardRule } from './hard-rules';
import { bits } from './top-beds';
import { WardMoves } from './ward.moves';
import type { Placement, WardProblem } from './ward.problem';
import { byPriority } from './ward.solver';
import { WardState } from './ward.state';
import { bitOf, rulesOf, tablesOf } from './ward.tables';

/** What would have to be different for a place to be free; hours are from now. */
export type Change =
  /** A bed is clean, or open again, by an hour. */
  | { readonly kind: 'cleaning'; readonly bed: number; readonly by: number }
  /** Somebody goes to another bed, and arrives there at an hour. */
  | { readonly kind: 'move'; readonly person: number; readonly bed: number; readonly start: number }
  /** A patient in house leaves at an hour instead of some hours later. */
  | { readonly kind: 'discharge'; readonly person: number; readonly leaves: number; readonly hours: number }
  /** The bed manager excepts a bed from a rule for this request. */
  | { readonly kind: 'exception'; readonly bed: number; readonly rule: HardRule };

/** A request without a bed: why, and the smallest change with which it has one. */
export interface Unplaced {
  readonly person: number;
  /** The rules of the beds that come nearest, those with fewest in the way, and how many of these beds each closes. */
  readonly binding: readonly { readonly rule: HardRule; readonly beds: number }[];
  /** Empty where no number of changes that we look for is enough. */
  readonly changes: readonly Change[];
  /** Where the request is once all of them are made. */
  readonly placement: Placement | undefined;
}

/** A change to try, by how small it is: the kind of the change first, then the hours or the rule. */
interface Candidate {
  readonly bed: number;
  readonly rank: number;
  readonly size: number;
  readonly kind: Change['kind'];
  readonly rule: HardRule;
  readonly slot: number;
}

/**
 * The order of changes, the smallest first: a cleaning, a move, a discharge up to a day earlier, an exception, a longer
 * discharge. Among discharges the fewest hours, among exceptions the rule that comes first here.
 */
const rankOf = { cleaning: 0, move: 1, discharge: 2, exception: 3, longDischarge: 4, several: 5 } as const;
const exceptions: readonly HardRule[] = ['latest', 'H3', 'H9', 'H4', 'H8', 'H1', 'H7', 'H6', 'H5', 'H2'];
const dayHours = 24;
/** Nobody can leave sooner: until then even an overdue patient is taken to be there. */
const soonestLeaving = 1;
/** Moves are tried for so many of the cheapest beds. */
const movesTried = 8;

/** Everybody whom a plan does not place, the most pressing first, each with reasons and the smallest change. */
export const explainUnplaced = (problem: WardProblem, plan: readonly Placement[]): Unplaced[] => {
  const state = new WardState(tablesOf(problem), plan);
  const search = new Reasons(problem, state);
  return byPriority(problem)
    .filter((person) => !state.planned(person))
    .map((person) => search.of(person));
};

/** What is in the way of requests in the beds of a house under a plan. */
class Reasons {
  private readonly moves: WardMoves;
  private readonly last: Float64Array;

  constructor(
    private readonly problem: WardProblem,
    private readonly state: WardState,
  ) {
    this.moves = new WardMoves(state, Infinity);
    this.last = state.tables.limit;
  }

  of(person: number): Unplaced {
    const masks = Int32Array.from(this.problem.bedRoom, (_, bed) => this.maskOf(person, bed));
    const candidates = [...masks.keys()]
      .flatMap((bed) => this.candidatesOf(person, bed, at(masks, bed)))
      .toSorted((a, b) => a.rank - b.rank || a.size - b.size || a.bed - b.bed);
    let movesLeft = movesTried;
    for (const candidate of candidates) {
      if (candidate.kind === 'move' && movesLeft-- <= 0) continue;
      const found = this.tried(person, candidate);
      if (found !== undefined) return { person, binding: bindingOf(masks), ...found };
    }
    return { person, binding: bindingOf(masks), ...this.several(person, masks) };
  }

  /** The rules that keep a person out of a bed, until the last hour at which it would be of use. */
  private maskOf(person: number, bed: number): number {
    const { tables } = this.state;
    const last = at(this.last, person);
    let mask = tables.brokenOf(person, bed);
    if (at(this.problem.ready, person) > last) return mask | bitOf('latest');
    const ready = at(this.problem.bedReady, bed);
    if (ready > last && ready < Infinity) mask |= bitOf('H1');
    for (const slot of this.state.inTheWay(person, bed, last)) mask |= this.ruleOf(person, slot, bed);
    if (mask === 0 && this.state.earliest(person, bed, last) === Infinity) mask |= bitOf('H8');
    return mask;
  }

  /** The rule by which one who is in the way keeps a person out of a bed. */
  private ruleOf(person: number, slot: number, bed: number): number {
    if (this.state.bed[slot] === bed) return bitOf('H2');
    return bitOf(this.state.tables.clash(person, this.state.personOf(slot), -1) ? 'H5' : 'H3');
  }

  private candidatesOf(person: number, bed: number, mask: number): Candidate[] {
    if (bits(mask) !== 1) return [];
    const [rule] = rulesOf(mask) as [HardRule];
    const ready = at(this.problem.bedReady, bed);
    const base = { bed, rule, slot: -1, size: 0 };
    if (rule === 'H1' && ready < Infinity && at(this.problem.bedReservedFor, bed) < 0)
      return [{ ...base, kind: 'cleaning', rank: rankOf.cleaning }];
    const found: Candidate[] = [];
    if (rule !== 'H2') {
      found.push({ ...base, kind: 'exception', rank: rankOf.exception, size: exceptions.indexOf(rule) });
    } else found.push({ ...base, kind: 'exception', rule: 'latest', rank: rankOf.exception });
    const slots = this.state.inTheWay(person, bed, at(this.last, person));
    const [slot] = slots;
    if (this.state.tables.brokenOf(person, bed) !== 0 || slot === undefined || slots.length > 1) return found;
    return [...found, ...this.clearing({ ...base, slot }, person)];
  }

  /** A move, and a discharge, of the one who is in the way. */
  private clearing(base: Omit<Candidate, 'kind' | 'rank'>, person: number): Candidate[] {
    const other = this.state.personOf(base.slot);
    const inHouse = other !== base.slot;
    if (inHouse ? this.state.planned(other) : other >= this.problem.requests) return [];
    const moved: Candidate = {
      ...base,
      kind: 'move',
      rank: rankOf.move,
      size: this.state.tables.wishesOf(person, base.bed),
    };
    if (!inHouse) return [moved];
    const hours = at(this.state.end, base.slot) - this.leavingFor(person, base.slot, base.bed);
    const rank = hours <= dayHours ? rankOf.discharge : rankOf.longDischarge;
    return [moved, { ...base, kind: 'discharge', rank, size: hours }];
  }

  /** When somebody must have left at the latest, in whole minutes, so that a person can have a bed. */
  private leavingFor(person: number, slot: number, bed: number): number {
    const cleaning = this.state.bed[slot] === bed ? at(this.state.free, slot) - at(this.state.end, slot) : 0;
    return Math.floor((at(this.last, person) - cleaning) * 60 + 1e-6) / 60;
  }

  private tried(person: number, candidate: Candidate): Pick<Unplaced, 'changes' | 'placement'> | undefined {
    const { bed, kind, slot } = candidate;
    if (kind === 'cleaning') {
      const by = at(this.last, person);
      return { changes: [{ kind, bed, by }], placement: { person, bed, start: by } };
    }
    if (kind === 'exception') return this.excepted(person, candidate);
    return kind === 'move' ? this.moved(person, bed, slot) : this.discharged(person, bed, [slot]);
  }

  private excepted(person: number, { bed, rule }: Candidate): Pick<Unplaced, 'changes' | 'placement'> | undefined {
    this.state.mixing = rule === 'H3';
    const start =
      rule === 'latest' || at(this.problem.bedReady, bed) === Infinity
        ? this.state.whenever(person, bed)
        : this.state.earliest(person, bed, 0);
    this.state.mixing = false;
    const last = rule === 'latest' ? this.problem.house.horizonHours : at(this.last, person);
    if (start > last) return undefined;
    return { changes: [{ kind: 'exception', bed, rule }], placement: { person, bed, start } };
  }

  private moved(person: number, bed: number, slot: number): Pick<Unplaced, 'changes' | 'placement'> | undefined {
    const other = this.state.personOf(slot);
    const until = slot === other ? Infinity : this.leavingFor(person, slot, bed);
    const found = this.moves.tryMove(other, until, { person, bed });
    if (found === undefined) return undefined;
    const { bed: to, start, begins } = found;
    return { changes: [{ kind: 'move', person: other, bed: to, start }], placement: { person, bed, start: begins } };
  }

  private discharged(
    person: number,
    bed: number,
    slots: readonly number[],
  ): Pick<Unplaced, 'changes' | 'placement'> | undefined {
    const changes = slots.map((slot): Change => {
      const leaves = this.leavingFor(person, slot, bed);
      return { kind: 'discharge', person: this.state.personOf(slot), leaves, hours: at(this.state.end, slot) - leaves };
    });
    if (changes.some((change) => change.kind === 'discharge' && change.leaves < soonestLeaving)) return undefined;
    const cost = this.state.cost;
    for (const change of changes) if (change.kind === 'discharge') this.state.present(change.person, change.leaves);
    const start = this.state.earliest(person, bed, 0);
    for (const change of changes) if (change.kind === 'discharge') this.state.present(change.person, Infinity);
    this.state.cost = cost;
    return start === Infinity ? undefined : { changes, placement: { person, bed, start } };
  }

  private staysInHouse(slot: number): boolean {
    const person = this.state.personOf(slot);
    return person !== slot && !this.state.planned(person);
  }

  /** Several changes at one bed, where one is never enough: the fewest, exceptions and discharges of who is in the way. */
  private several(person: number, masks: Int32Array): Pick<Unplaced, 'changes' | 'placement'> {
    const beds = [...masks.keys()]
      .map((bed) => ({ bed, slots: this.state.inTheWay(person, bed, at(this.last, person)) }))
      .filter(({ slots }) => slots.every((slot) => this.staysInHouse(slot)))
      .map(({ bed, slots }) => ({ bed, slots, rules: rulesOf(this.state.tables.brokenOf(person, bed)) }))
      .toSorted((a, b) => a.slots.length + a.rules.length - b.slots.length - b.rules.length || a.bed - b.bed);
    for (const { bed, slots, rules } of beds) {
      const found = this.discharged(person, bed, slots);
      if (found === undefined) continue;
      const excepted = rules.map((rule): Change => ({ kind: 'exception', bed, rule }));
      return { changes: [...found.changes, ...excepted], placement: found.placement };
    }
    return { changes: [], placement: undefined };
  }
}

const bindingOf = (masks: Int32Array): Unplaced['binding'] => {
  const fewest = masks.reduce((least, mask) => Math.min(least, bits(mask)), 32);
  const counts = new Map<HardRule, number>();
  for (const mask of masks)
    if (bits(mask) === fewest) for (const rule of rulesOf(mask)) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return [...counts].map(([rule, beds]) => ({ rule, beds })).toSorted((a, b) => b.beds - a.beds);
};
