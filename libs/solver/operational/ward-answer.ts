import { at, sum } from '../arrays';
import { explain, explainChange, explainNoBed, violationLine } from './explain-ward';
import { topBeds } from './top-beds';
import { type Change, explainUnplaced, type Unplaced } from './unplaced';
import { unplacedPrices } from './unplaced-price';
import type { WardAnswer } from './ward-answer.schema';
import { judgePlan, type Verdict } from './ward.evaluator';
import type { Placement, WardProblem } from './ward.problem';

/** What a caller gets for a house and a plan; the bound where one was computed. */
export const wardAnswer = (problem: WardProblem, plan: readonly Placement[], bound?: number): WardAnswer => {
  const verdict = judgePlan(problem, plan);
  const prices = unplacedPrices(problem);
  const unplacedPrice = sum(verdict.unplaced.map((person) => at(prices, person)));
  const cost = verdict.total + unplacedPrice;
  const placed = problem.requests - verdict.unplaced.length;
  return {
    plan: verdict.placements.map((one) => rankedOf(problem, one)),
    ranking: problem.house.requests.map(({ id }, person) => ({
      request: id,
      beds: topBeds(problem, plan, { person, from: 0 }).map((one) => rankedOf(problem, one)),
    })),
    unplaced: explainUnplaced(problem, plan).map((one) => unplacedOf(problem, one)),
    totals: {
      requests: problem.requests,
      placed,
      unplaced: verdict.unplaced.length,
      moved: plan.length - placed,
      soft: verdict.total,
      unplacedPrice,
      cost,
    },
    ...(bound === undefined
      ? {}
      : { bound, ...(bound > 0 ? { gapPercent: Math.max(0, (100 * (cost - bound)) / bound) } : {}) }),
  };
};

const idOf = ({ people }: WardProblem, person: number): string => at(people, person).id;
const bedOf = ({ house }: WardProblem, bed: number): string => at(house.beds, bed).id;
const timeOf = ({ house }: WardProblem, hour: number): string =>
  new Date(Math.round(Date.parse(house.now) + hour * 3_600_000)).toISOString();

const placed = (problem: WardProblem, { person, bed, start }: Placement): PlacedParts => ({
  person: idOf(problem, person),
  bed: bedOf(problem, bed),
  hour: start,
  at: timeOf(problem, start),
});

type PlacedParts = Pick<WardAnswer['plan'][number], 'person' | 'bed' | 'hour' | 'at'>;

const rankedOf = (problem: WardProblem, verdict: Verdict): WardAnswer['plan'][number] => ({
  ...placed(problem, verdict.placement),
  violations: verdict.violations.map((violation) => ({
    rule: violation.rule,
    why: violation.why,
    with: violation.with.map((person) => idOf(problem, person)),
    text: inBoth((language) => violationLine(problem, violation, language)),
  })),
  costs: verdict.costs,
  total: verdict.total,
  lines: inBoth((language) => explain(problem, verdict, language)),
});

const unplacedOf = (problem: WardProblem, unplaced: Unplaced): WardAnswer['unplaced'][number] => ({
  request: idOf(problem, unplaced.person),
  binding: [...unplaced.binding],
  changes: unplaced.changes.map((change) => ({
    ...changeOf(problem, change),
    text: inBoth((language) => explainChange(problem, change, language)),
  })),
  ...(unplaced.placement === undefined ? {} : { after: placed(problem, unplaced.placement) }),
  lines: inBoth((language) => explainNoBed(problem, unplaced, language)),
});

type ChangeParts = WardAnswer['unplaced'][number]['changes'][number] extends infer Each
  ? Each extends unknown
    ? Omit<Each, 'text'>
    : never
  : never;

const changeOf = (problem: WardProblem, change: Change): ChangeParts => {
  switch (change.kind) {
    case 'cleaning':
      return { kind: change.kind, bed: bedOf(problem, change.bed), by: timeOf(problem, change.by) };
    case 'exception':
      return { kind: change.kind, bed: bedOf(problem, change.bed), rule: change.rule };
    case 'move': {
      const { kind, person, bed, start } = change;
      return { kind, person: idOf(problem, person), bed: bedOf(problem, bed), at: timeOf(problem, start) };
    }
    case 'discharge': {
      const { kind, person, leaves, hours } = change;
      return { kind, person: idOf(problem, person), at: timeOf(problem, leaves), hoursEarlier: hours };
    }
  }
};

const inBoth = <T>(say: (language: 'zh' | 'en') => T): { zh: T; en: T } => ({ zh: say('zh'), en: say('en') });
