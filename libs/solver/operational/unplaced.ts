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

/** Somebody who alone is in the way of a person in a bed, and how many hours too long. */
interface Blocker {
  readonly bed: number;
  readonly slot: number;
  readonly hours: number;
}

type Solved = Pick<Unplaced, 'changes' | 'placement'>;

/** Among exceptions the rule that comes first here is the smaller one; `latest` = a placement later than asked for. */
const exceptions: readonly HardRule[] = ['latest', 'H3', 'H9', 'H4', 'H1', 'H7', 'H6', 'H5'];
/** A discharge by more hours comes after the exceptions. */
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

  /** The order of changes: a cleaning, a move, a discharge within a day, an exception, a longer discharge, several. */
  of(person: number): Unplaced {
    const masks = this.masksOf(person);
    const near = [...masks.keys()].filter((bed) => bits(at(masks, bed)) === 1);
    const blockers = near.flatMap((bed) => this.blockerOf(person, bed)).toSorted((a, b) => a.hours - b.hours);
    const soon = blockers.filter(({ hours }) => hours <= dayHours);
    const found =
      this.cleaned(person, near, masks) ??
      this.moved(person, blockers) ??
      this.oneDischarged(person, soon) ??
      this.excepted(person, near, masks) ??
      this.oneDischarged(person, blockers.slice(soon.length)) ??
      this.several(person, masks);
    return { person, binding: bindingOf(masks), ...found };
  }

  /** The rules of each bed; of one that breaks several whoever is there, only these, unless none breaks fewer. */
  private masksOf(person: number): Int32Array {
    const masks = Int32Array.from(this.problem.bedRoom, (_, bed) => this.state.tables.brokenOf(person, bed));
    for (let known = 0, fewest = 1; known < fewest;) {
      for (const [bed, mask] of masks.entries())
        if (bits(mask) >= known && bits(mask) <= fewest) masks[bed] = mask | this.maskOf(person, bed);
      known = fewest + 1;
      fewest = masks.reduce((least, mask) => Math.min(least, bits(mask)), 32);
    }
    return masks;
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

  private blockerOf(person: number, bed: number): Blocker[] {
    const { state } = this;
    if (state.tables.brokenOf(person, bed) !== 0) return [];
    const slots = state.inTheWay(person, bed, at(this.last, person));
    const [slot] = slots;
    if (slot === undefined || slots.length > 1) return [];
    const other = state.personOf(slot);
    if (other === slot ? other >= this.problem.requests : state.planned(other)) return [];
    return [{ bed, slot, hours: at(state.end, slot) - this.leavingFor(person, slot, bed) }];
  }

  /** When somebody must have left at the latest, in whole minutes, so that a person can have a bed. */
  private leavingFor(person: number, slot: number, bed: number): number {
    const cleaning = this.state.bed[slot] === bed ? at(this.state.free, slot) - at(this.state.end, slot) : 0;
    return Math.floor((at(this.last, person) - cleaning) * 60 + 1e-6) / 60;
  }

  private cleaned(person: number, near: readonly number[], masks: Int32Array): Solved | undefined {
    const bed = near.find(
      (place) =>
        at(masks, place) === bitOf('H1') &&
        at(this.problem.bedReady, place) < Infinity &&
        this.state.tables.brokenOf(person, place) === 0,
    );
    if (bed === undefined) return undefined;
    const by = at(this.last, person);
    return { changes: [{ kind: 'cleaning', bed, by }], placement: { person, bed, start: by } };
  }

  private moved(person: number, blockers: readonly Blocker[]): Solved | undefined {
    const { state } = this;
    const cheapest = blockers
      .map(({ bed, slot }) => ({ bed, slot, cost: state.tables.wishesOf(person, bed) }))
      .toSorted((a, b) => a.cost - b.cost || a.bed - b.bed);
    for (const { bed, slot } of cheapest.slice(0, movesTried)) {
      const other = state.personOf(slot);
      const until = slot === other ? Infinity : this.leavingFor(person, slot, bed);
      const freed = this.moves.tryMove(other, until, { person, bed });
      if (freed === undefined) continue;
      return {
        changes: [{ kind: 'move', person: other, bed: freed.bed, start: freed.start }],
        placement: { person, bed, start: freed.begins },
      };
    }
    return undefined;
  }

  private oneDischarged(person: number, blockers: readonly Blocker[]): Solved | undefined {
    for (const { bed, slot } of blockers) {
      const found = this.staysInHouse(slot) ? this.discharged(person, bed, [slot]) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private excepted(person: number, near: readonly number[], masks: Int32Array): Solved | undefined {
    for (const rule of exceptions) {
      // A bed in which somebody lies can only be had later, and not days later.
      const late = rule === 'latest';
      const closing = late ? bitOf('latest') | bitOf('H2') : bitOf(rule);
      const last = at(this.last, person) + (late ? dayHours : 0);
      const starts = near
        .filter((bed) => (at(masks, bed) & closing) !== 0)
        .map((bed) => ({ bed, start: this.startWithout(rule, person, bed) }))
        .filter(({ start }) => start <= Math.min(last, this.problem.house.horizonHours));
      const [first] = starts.toSorted((a, b) => a.start - b.start || a.bed - b.bed);
      if (first === undefined) continue;
      return { changes: [{ kind: 'exception', bed: first.bed, rule }], placement: { person, ...first } };
    }
    return undefined;
  }

  /** When a person could come were it not for one rule of the bed. */
  private startWithout(rule: HardRule, person: number, bed: number): number {
    if (rule === 'latest' || at(this.problem.bedReady, bed) === Infinity) return this.state.whenever(person, bed);
    this.state.mixing = rule === 'H3';
    const start = this.state.earliest(person, bed, 0);
    this.state.mixing = false;
    return start;
  }

  private discharged(person: number, bed: number, slots: readonly number[]): Solved | undefined {
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
  private several(person: number, masks: Int32Array): Solved {
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
