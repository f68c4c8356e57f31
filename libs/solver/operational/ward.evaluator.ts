import { at, sum } from '../arrays';
import { firstFree, type Violation, violationsOf } from './hard-rules';
import { type SoftCosts, softCostsOf } from './soft-costs';
import { type Stay, type Stays, stayOf, staysOf } from './stays';
import type { Placement, WardProblem } from './ward.problem';

/** A bed for a person: the hard rules it breaks, what each soft constraint costs, and their sum. */
export interface Verdict {
  readonly placement: Placement;
  readonly violations: readonly Violation[];
  readonly costs: SoftCosts;
  readonly total: number;
}

const verdictOf = (problem: WardProblem, stays: Stays, stay: Stay): Verdict => {
  const costs = softCostsOf(problem, stays, stay);
  const { person, bed, start } = stay;
  return {
    placement: { person, bed, start },
    violations: violationsOf(problem, stays, stay),
    costs,
    total: sum(Object.values(costs)),
  };
};

/**
 * What a bed would cost a person on top of a plan that does not place this person. Costs are in the points of the
 * hospital's weights; see the domain's list of constraints for their units.
 */
export const judge = (problem: WardProblem, plan: readonly Placement[], placement: Placement): Verdict =>
  verdictOf(problem, staysOf(problem, without(plan, placement.person)), stayOf(problem, placement));

/** A plan that does not place a person. */
export const without = (plan: readonly Placement[], person: number): Placement[] =>
  plan.filter((placement) => placement.person !== person);

/** What is said of a plan: each placement, patients in house who break a rule by it, and who has no bed. */
export interface PlanVerdict {
  readonly placements: readonly Verdict[];
  readonly inHouse: readonly { readonly person: number; readonly violations: readonly Violation[] }[];
  readonly unplaced: readonly number[];
  readonly total: number;
}

/** Judges a whole plan by every rule, from nothing but the problem. */
export const judgePlan = (problem: WardProblem, plan: readonly Placement[]): PlanVerdict => {
  const stays = staysOf(problem, plan);
  const placements = stays.all.filter(({ planned }) => planned).map((stay) => verdictOf(problem, stays, stay));
  const inHouse = stays.all
    .filter(({ planned }) => !planned)
    .map((stay) => ({ person: stay.person, violations: violationsOf(problem, stays, stay) }))
    .filter(({ violations }) => violations.length > 0);
  const placed = new Set(plan.map(({ person }) => person));
  return {
    placements,
    inHouse,
    unplaced: [...problem.people.keys()].slice(0, problem.requests).filter((person) => !placed.has(person)),
    total: sum(placements.map(({ total }) => total)),
  };
};

/**
 * Every bed for one person, best first: those that break fewest rules, then the cheapest, then as the house lists them.
 * All are judged on top of the same plan, each at the first hour from the given one on at which it is free and clean; one
 * that is not so within the horizon is judged at the given hour, which says why.
 */
export const rankBeds = (
  problem: WardProblem,
  plan: readonly Placement[],
  { person, from }: { person: number; from: number },
): Verdict[] => {
  const stays = staysOf(problem, without(plan, person));
  const verdicts = [...problem.bedRoom.keys()].map((bed) => judgeBed(problem, stays, { person, bed, start: from }));
  return verdicts.toSorted(bestFirst);
};

/** Fewest broken rules, then cheapest, then as the house lists the beds. */
export const bestFirst = (a: Verdict, b: Verdict): number =>
  a.violations.length - b.violations.length || a.total - b.total || a.placement.bed - b.placement.bed;

/** The verdict of a bed in a ranking, among stays without this person's, from an hour on. */
export const judgeBed = (problem: WardProblem, stays: Stays, wish: Placement): Verdict =>
  verdictOf(problem, stays, stayOf(problem, { ...wish, start: rankedStart(problem, stays, wish) }));

/** The hour at which a bed is judged in a ranking. */
export const rankedStart = (problem: WardProblem, stays: Stays, { person, bed, start: from }: Placement): number => {
  const wanted = Math.max(from, at(problem.ready, person));
  const free = firstFree(problem, stays, { person, bed, start: wanted });
  return free > problem.house.horizonHours ? wanted : free;
};
