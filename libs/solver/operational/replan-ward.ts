import { at, placesOf } from '../arrays';
import { randomOf } from '../random';
import { WardMoves } from './ward.moves';
import type { Placement, WardProblem } from './ward.problem';
import { byPriority } from './ward.solver';
import { WardState } from './ward.state';
import { tablesOf } from './ward.tables';

export interface ReplanWish {
  /** People who had a bed by the plan and may have another one now; in house or not. */
  readonly mostMoved: number;
  /** Changes that are tried. */
  readonly steps: number;
  /** Requests for whom a bed is looked for, beside those whose bed does not hold; without it, all who have none. */
  readonly focus?: readonly number[];
}

export const usualReplan: ReplanWish = { mostMoved: 5, steps: 120 };

export interface Replanned {
  readonly plan: readonly Placement[];
  /** Who had a bed by the plan before and has another one now, or none. */
  readonly moved: readonly number[];
}

/** A plan in the words of another state of the same house: people and beds by their ids; who or what is gone is left out. */
export const carryPlan = (from: WardProblem, plan: readonly Placement[], to: WardProblem): readonly Placement[] => {
  const people = placesOf(to.people.map(({ id }) => id));
  const beds = placesOf(to.house.beds.map(({ id }) => id));
  const hours = (Date.parse(to.house.now) - Date.parse(from.house.now)) / 3_600_000;
  return plan.flatMap(({ person, bed, start }) => {
    const [who, where] = [people.get(at(from.people, person).id), beds.get(at(from.house.beds, bed).id)];
    if (who === undefined || where === undefined || to.bed[who] === where) return [];
    return [{ person: who, bed: where, start: Math.max(0, start - hours) }];
  });
};

/** The requests of a house that another state of it did not have yet. */
export const arrivals = (from: WardProblem, to: WardProblem): number[] => {
  const known = new Set(from.people.map(({ id }) => id));
  return [...to.house.requests.keys()].filter((request) => !known.has(at(to.house.requests, request).id));
};

/**
 * A plan after something happened to the house (somebody comes, a bed is closed, a discharge is late): what still holds
 * stands, and at most some people are moved, each at the price of S4 (patients in house pay it in the plan itself). The
 * same house and plan give the same answer.
 */
export const replanWard = (
  problem: WardProblem,
  plan: readonly Placement[],
  wish: ReplanWish = usualReplan,
): Replanned => {
  const state = new WardState(tablesOf(problem), []);
  const standing = standingBeds(problem, plan);
  putWhatHolds(state, plan);
  const changed = new Changed(state, standing, problem);
  const wanted = new Set(wish.focus ?? problem.house.requests.keys());
  const waiting = byPriority(problem).filter(
    (person) => !state.planned(person) && (at(standing, person) >= 0 || wanted.has(person)),
  );
  if (waiting.length > 0) {
    const moves = new WardMoves(state, Infinity, waiting);
    // Who has lost a bed is moved already, whether there is a new one or none.
    for (const person of waiting) if (changed.mayGain(person, wish.mostMoved)) moves.settle(person, Infinity);
    improve(state, { moves, changed, wish });
  }
  return { plan: state.plan(), moved: changed.people() };
};

/** Looks for cheaper plans, each person moved at the price of S4. */
const improve = (
  state: WardState,
  { moves, changed, wish }: { moves: WardMoves; changed: Changed; wish: ReplanWish },
): void => {
  const price = state.tables.problem.house.weights.move;
  const random = randomOf(1);
  let moved = changed.count();
  for (let step = 0; step < wish.steps; step++) {
    const difference = moves.propose(random);
    if (difference === Infinity) continue;
    const after = changed.count();
    const cheaper = difference + price * (after - moved) < -1e-6;
    if (cheaper && after <= Math.max(wish.mostMoved, moved)) moved = after;
    else moves.rollback();
  }
};

/** The bed of each person by the plan, -1 = none. */
const standingBeds = (problem: WardProblem, plan: readonly Placement[]): Int32Array => {
  const beds = new Int32Array(problem.people.length).fill(-1);
  for (const { person, bed } of plan) beds[person] = bed;
  return beds;
};

/** Puts everybody whose bed still holds, later if need be; who frees a bed for another comes before that one. */
const putWhatHolds = (state: WardState, plan: readonly Placement[]): void => {
  let waiting = plan.toSorted((a, b) => b.person - a.person);
  for (let before = Infinity; waiting.length < before;) {
    before = waiting.length;
    waiting = waiting.filter(({ person, bed, start }) => {
      const open = state.tables.brokenOf(person, bed) === 0;
      const begins = open ? state.earliest(person, bed, start) : Infinity;
      if (begins < Infinity) state.put(person, bed, begins);
      return begins === Infinity;
    });
  }
};

/** Who is elsewhere than the plan said. */
class Changed {
  constructor(
    private readonly state: WardState,
    private readonly standing: Int32Array,
    private readonly problem: WardProblem,
  ) {}

  people(): number[] {
    return [...this.standing.keys()].filter((person) => this.isMoved(person));
  }

  /** Whether a person may get a bed now: a new one, or another one while few enough are elsewhere. */
  mayGain(person: number, mostMoved: number): boolean {
    if ((this.standing[person] as number) < 0) return true;
    const elsewhere = this.people().filter((other) => this.state.planned(other)).length;
    return elsewhere < mostMoved;
  }

  count(): number {
    let count = 0;
    for (let person = 0; person < this.standing.length; person++) if (this.isMoved(person)) count++;
    return count;
  }

  /** A request that had no bed is placed, not moved; a patient in house who need not move any more is not moved either. */
  private isMoved(person: number): boolean {
    const before = this.standing[person] as number;
    const now = this.state.bed[person] as number;
    if (now === before) return false;
    return person < this.problem.requests ? before >= 0 : now >= 0;
  }
}
