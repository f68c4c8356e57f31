import { at, sum } from '../arrays';
import type { PasPlan, PasProblem } from './pas.problem';
import { movePrice, PasRepair } from './replan.search';
import { scorePas } from './pas.validator';
import { nightPrice } from './night-price';

/** What happens to a house that has a plan; nights before its own are over and stay as they were. */
export type PasEvent =
  /** Somebody asks for a bed: a part that the plan leaves without one. */
  | { readonly kind: 'arrival'; readonly night: number; readonly part: number }
  /** A bed cannot be used from a night on; who lies there then, or would later, needs another. */
  | { readonly kind: 'closed'; readonly night: number; readonly bed: number };

/** No more parts than this are moved; whoever cannot be helped so is without a bed, and named. */
export const mostMoves = 5;

export interface PasReplan {
  /** The bed of each part from the night of the event on; those who are gone by then have the bed they had. */
  readonly plan: PasPlan;
  /** Parts that had a bed and got another. */
  readonly moved: readonly number[];
  /** Parts of the event that have no bed. */
  readonly without: readonly number[];
}

/**
 * Keeps what stands and finds beds for those the event leaves without one, moving others only where that costs less in
 * all. Deterministic; it takes milliseconds, for it looks at a bounded number of beds.
 */
export const replanPas = (problem: PasProblem, plan: PasPlan, event: PasEvent): PasReplan => {
  const seekers = seekersOf(problem, plan, event);
  const repair = new PasRepair(problem, plan, event.night);
  if (event.kind === 'closed') repair.close(event.bed);
  const beds = repair.run(seekers, mostMoves);
  const after = plan.slice();
  for (const part of seekers) after[part] = -1;
  for (const [part, bed] of beds) after[part] = bed;
  return {
    plan: after,
    moved: [...plan.keys()].filter((part) => at(plan, part) >= 0 && after[part] !== plan[part] && at(after, part) >= 0),
    without: seekers.filter((part) => at(after, part) < 0),
  };
};

/** What a re-plan costs from the event's night on: nights without a bed, soft cost and the price of each move. */
export const costOfReplan = (
  problem: PasProblem,
  { event, replan }: { readonly event: PasEvent; readonly replan: PasReplan },
): number => {
  const rest = restOf(problem, event.night);
  const { hard, medium, soft } = scorePas(rest, replan.plan);
  const moves = replan.moved.map((part) =>
    at(problem.parts.first, part) < event.night ? movePrice.begun : movePrice.planned,
  );
  return hard > 0 ? Infinity : nightPrice(problem) * medium + soft + sum(moves);
};

/** The problem with the nights before this one over. */
const restOf = (problem: PasProblem, night: number): PasProblem => {
  const { parts } = problem;
  const first = parts.first.map((own, part) => Math.min(at(parts.end, part), Math.max(night, own)));
  return { ...problem, parts: { ...parts, first } };
};

/** Who needs a bed because of the event, the longest stay first. */
const seekersOf = ({ parts }: PasProblem, plan: PasPlan, event: PasEvent): number[] => {
  const left = (part: number): number => at(parts.end, part) - Math.max(event.night, at(parts.first, part));
  const seeks = (part: number): boolean =>
    event.kind === 'arrival' ? part === event.part && at(plan, part) < 0 : at(plan, part) === event.bed;
  return [...plan.keys()]
    .filter((part) => seeks(part) && left(part) > 0)
    .toSorted((a, b) => left(b) - left(a) || a - b);
};
