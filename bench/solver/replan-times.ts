import type { Reading } from '../../libs/solver/failure';
import { solve } from '../../libs/solver/engine/solve';
import { clock } from '../../libs/solver/engine/solver';
import type { SolverName } from '../../libs/solver/engine/solvers';
import { crewOfThreads } from '../../libs/solver/engine/threads';
import { generateHouse, type HouseWish, pressedHouse } from '../../libs/solver/operational/generate-house';
import { readWard, wardProblem } from '../../libs/solver/operational/read-ward';
import { arrivals, carryPlan, replanWard, usualReplan } from '../../libs/solver/operational/replan-ward';
import { topBeds } from '../../libs/solver/operational/top-beds';
import { explainUnplaced } from '../../libs/solver/operational/unplaced';
import { wardBound } from '../../libs/solver/operational/ward-bound';
import type { WardHouse } from '../../libs/solver/operational/ward.contract';
import { firstWardPlan, wardCost, type WardPlan } from '../../libs/solver/operational/ward.solver';
import type { PasPlan, PasProblem } from '../../libs/solver/pas/pas.problem';
import { readPas } from '../../libs/solver/pas/read-pas';
import { type PasEvent, replanPas } from '../../libs/solver/pas/replan';
import { type Random, randomOf } from '../../libs/solver/random';
import { quantile } from '../measure/statistics';

/** What was measured, as one line of JSON. */
export type Figures = Readonly<Record<string, number | string>>;

const valueOf = <T>(reading: Reading<T>): T => {
  if ('failure' in reading) throw new Error(`${reading.failure.place}: ${reading.failure.reason}`);
  return reading.value;
};

const planWithin = async <Plan>(name: SolverName, text: string, seconds: number): Promise<Plan> => {
  const crew = valueOf(await crewOfThreads(name, text, { size: 2 }));
  try {
    const { plan } = await solve(crew, { seed: 1, budget: { until: clock() + seconds * 1000 } });
    if (plan === undefined) throw new Error(`no plan for ${name}`);
    return plan as Plan;
  } finally {
    await crew.close();
  }
};

const timed = <T>(times: number[], work: () => T): T => {
  const begun = performance.now();
  const value = work();
  times.push(performance.now() - begun);
  return value;
};

const round = (value: number): number => Math.round(value * 10) / 10;

/** B3 on a PAS instance: seeded arrivals and closed beds, each on top of the plan that stands. */
export const replanPasTimes = async (
  text: string,
  { events, seconds }: { events: number; seconds: number },
): Promise<Figures> => {
  const problem = valueOf(readPas(text));
  const plan = await planWithin<PasPlan>('pas', text, seconds);
  const random = randomOf(1);
  const times: number[] = [];
  let [most, without] = [0, 0];
  for (let index = 0; index < events; index++) {
    const { asked, event } = pasEvent(plan, problem.beds.ids.length, { random, index, problem });
    const replan = timed(times, () => replanPas(problem, asked, event));
    most = Math.max(most, replan.moved.length);
    without += replan.without.length;
  }
  return { events, p50Ms: round(quantile(times, 0.5)), p95Ms: round(quantile(times, 0.95)), mostMoved: most, without };
};

const pasEvent = (
  plan: PasPlan,
  beds: number,
  { random, index, problem }: { random: Random; index: number; problem: PasProblem },
): { asked: PasPlan; event: PasEvent } => {
  const asked = plan.slice();
  if (index % 2 === 1)
    return { asked, event: { kind: 'closed', night: random.below(problem.nights), bed: random.below(beds) } };
  const part = random.below(plan.length);
  asked[part] = -1;
  return { asked, event: { kind: 'arrival', night: problem.parts.first[part] as number, part } };
};

/** The house of B5. */
const wish: HouseWish = { ...pressedHouse, beds: 1500, requests: 300, seed: 1 };

/** B5: the first plan with its explanations, the plan after some seconds against the bound, the top three of each request. */
export const wardTimes = async ({ seconds }: { seconds: number }): Promise<Figures> => {
  const house = generateHouse(wish);
  const text = JSON.stringify(house);
  const warm = valueOf(readWard(text));
  firstWardPlan(warm);
  const [read, first, explained, top]: number[][] = [[], [], [], []];
  const problem = timed(read as number[], () => valueOf(readWard(text)));
  const quick = timed(first as number[], () => firstWardPlan(problem));
  const unplaced = timed(explained as number[], () => explainUnplaced(problem, quick));
  const plan = await planWithin<WardPlan>('ward', text, seconds);
  for (let person = 0; person < problem.requests; person++)
    timed(top as number[], () => topBeds(problem, plan, { person, from: 0 }));
  const [cost, bound] = [wardCost(problem, plan), wardBound(problem)];
  return {
    readMs: round(quantile(read as number[], 0.5)),
    firstPlanMs: round(quantile(first as number[], 0.5)),
    explainedMs: round(quantile(explained as number[], 0.5)),
    unplacedAtFirst: unplaced.length,
    cost: round(cost),
    bound: round(bound),
    gapPercent: round((100 * (cost - bound)) / bound),
    topThreeP95Ms: round(quantile(top as number[], 0.95)),
    rssMb: Math.round(process.resourceUsage().maxRSS / 1024),
  };
};

/** B3 in the house of B5: a request that was not known, or a clean bed that is closed. */
export const replanWardTimes = async ({ events, seconds }: { events: number; seconds: number }): Promise<Figures> => {
  const house = generateHouse(wish);
  const before = valueOf(wardProblem(house));
  const plan = await planWithin<WardPlan>('ward', JSON.stringify(house), seconds);
  const random = randomOf(1);
  const times: number[] = [];
  let most = 0;
  for (let index = 0; index < events; index++) {
    const { standing, house: after } = index % 2 === 0 ? arrival(house, random) : closure(house, random);
    const [old, problem] = [valueOf(wardProblem(standing)), valueOf(wardProblem(after))];
    const carried = carryPlan(old, carryPlan(before, plan, old), problem);
    const focus = arrivals(old, problem);
    const { moved } = timed(times, () => replanWard(problem, carried, { ...usualReplan, focus }));
    most = Math.max(most, moved.length);
  }
  return { events, p50Ms: round(quantile(times, 0.5)), p95Ms: round(quantile(times, 0.95)), mostMoved: most };
};

/** The house without one of its requests, who then comes. */
const arrival = (house: WardHouse, random: Random): { standing: WardHouse; house: WardHouse } => {
  const late = random.pick(house.requests);
  return { standing: { ...house, requests: house.requests.filter((request) => request !== late) }, house };
};

const closure = (house: WardHouse, random: Random): { standing: WardHouse; house: WardHouse } => {
  const closed = random.pick(house.beds.filter(({ state }) => state !== 'occupied' && state !== 'closed'));
  const beds = house.beds.map((bed) =>
    bed === closed ? { ...bed, state: 'closed' as const, readyAt: undefined } : bed,
  );
  return { standing: house, house: { ...house, beds } };
};
