import { at, groupBy } from '../arrays';
import type { Placement, WardProblem } from './ward.problem';

/** A person in a bed for some hours. */
export interface Stay extends Placement {
  readonly end: number;
  /** A placement, not somebody who lies there already. */
  readonly planned: boolean;
}

/** Every stay of a plan: placements, and the patients in house until they leave or are moved; by bed, room and ward. */
export interface Stays {
  readonly all: readonly Stay[];
  readonly inBed: ReadonlyMap<number, readonly Stay[]>;
  readonly inRoom: ReadonlyMap<number, readonly Stay[]>;
  readonly inWard: ReadonlyMap<number, readonly Stay[]>;
}

/** The room and the ward of a bed. */
export const roomOf = (problem: WardProblem, bed: number): number => at(problem.bedRoom, bed);
export const wardOf = (problem: WardProblem, bed: number): number => at(problem.roomWard, roomOf(problem, bed));

/** A placement with its end: a request stays its hours, a patient who is moved leaves when expected. */
export const stayOf = (problem: WardProblem, placement: Placement): Stay => {
  const hours = at(problem.stay, placement.person);
  const end = placement.person < problem.requests ? placement.start + hours : Math.max(placement.start, hours);
  return { person: placement.person, bed: placement.bed, start: placement.start, end, planned: true };
};

/** All stays that a plan makes. */
export const staysOf = (problem: WardProblem, plan: readonly Placement[]): Stays => {
  const moved = new Map(plan.map((placement) => [placement.person, placement.start]));
  const present = [...problem.people.keys()].slice(problem.requests).map((person): Stay => {
    const leaves = at(problem.stay, person);
    return {
      person,
      bed: at(problem.bed, person),
      start: 0,
      end: Math.min(leaves, moved.get(person) ?? leaves),
      planned: false,
    };
  });
  const all = [...plan.map((placement) => stayOf(problem, placement)), ...present];
  return {
    all,
    inBed: groupBy(all, ({ bed }) => bed),
    inRoom: groupBy(all, ({ bed }) => roomOf(problem, bed)),
    inWard: groupBy(all, ({ bed }) => wardOf(problem, bed)),
  };
};

/** Whether two stays share time; two in the same moment of change do not. */
export const meet = (one: Stay, other: Stay): boolean => one.start < other.end && other.start < one.end;

/** The other people of a list whom a stay meets. */
export const metBy = (stay: Stay, others: readonly Stay[] | undefined): readonly Stay[] =>
  (others ?? []).filter((other) => other.person !== stay.person && meet(stay, other));
