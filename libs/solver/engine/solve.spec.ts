import { crewHere } from './crew';
import { solve, type SolveProgress } from './solve';
import type { Leg, LegReport, Solver } from './solver';

interface Seen extends Pick<Leg<number>, 'stage' | 'thread' | 'from' | 'to' | 'plan' | 'seed'> {
  readonly iterations: number;
}

/** A problem whose plans are numbers and cost what they are: each thread of each leg takes away what its place says. */
const countdown = (gain: (leg: Leg<number>) => number, over: Partial<Solver<number, number>> = {}) => {
  const seen: Seen[] = [];
  const search = (_: number, leg: Leg<number>): LegReport<number> => {
    let iterations = 0;
    while (leg.spent(iterations) < leg.to && iterations < 1_000_000) iterations += 10;
    seen.push({ ...leg, iterations });
    const best = (leg.plan ?? 1000) - gain(leg);
    leg.onBest(best);
    return { best, cost: best, last: best, iterations };
  };
  const solver: Solver<number, number> = {
    read: (text) =>
      Number.isNaN(Number(text)) ? { failure: { place: 'file', reason: 'not a number' } } : { value: Number(text) },
    stages: () => 1,
    first: (problem, _, before) => before ?? problem,
    cost: (_, __, plan) => plan,
    search,
    ...over,
  };
  return { solver, seen };
};

const crewFor = (solver: Solver<number, number>, size = 2) => {
  const crew = crewHere(solver, '1000', { size });
  if ('failure' in crew) throw new Error(crew.failure.reason);
  return crew.value;
};

describe('solving with a crew', () => {
  it('gives every thread every leg, each with its share of the iterations and a seed of its own', async () => {
    const { solver, seen } = countdown(() => 1);
    await solve(crewFor(solver), { seed: 7, budget: { iterations: 1200 } });
    expect(seen).toHaveLength(24);
    expect(new Set(seen.map(({ seed }) => seed)).size).toBe(24);
    expect(seen.map(({ iterations }) => iterations)).toEqual(Array(24).fill(100));
    expect(seen.filter(({ thread }) => thread === 0).map(({ from }) => from * 12)).toEqual(
      Array.from({ length: 12 }, (_, leg) => expect.closeTo(leg)),
    );
    expect(seen.at(-1)?.to).toBe(1);
  });

  it('leaves threads to themselves at first, later the worst goes on from the best plan of all', async () => {
    const { solver, seen } = countdown(({ thread }) => (thread === 0 ? 10 : 1));
    const solved = await solve(crewFor(solver), { seed: 1, budget: { iterations: 1200 } });
    const starts = seen.filter(({ thread }) => thread === 1).map(({ plan }) => plan);
    expect(starts).toEqual([1000, 999, 998, 997, 996, 995, 940, 930, 920, 910, 900, 890]);
    expect(solved).toMatchObject({ plan: 880, cost: 880, iterations: 2400 });
  });

  it('keeps the best plan though a search ends in a worse one', async () => {
    const { solver } = countdown(({ from }) => (from === 0 ? 500 : -100));
    const solved = await solve(crewFor(solver, 1), { seed: 1, budget: { iterations: 1200 } });
    expect(solved).toMatchObject({ plan: 500, cost: 500 });
  });

  it('makes each stage on top of the one before', async () => {
    const { solver, seen } = countdown(() => 1, { stages: () => 3 });
    const solved = await solve(crewFor(solver, 1), { seed: 1, budget: { iterations: 1200 } });
    expect(seen.map(({ stage }) => stage)).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]);
    expect(seen.map(({ plan }) => plan)).toEqual(Array.from({ length: 12 }, (_, leg) => 1000 - leg));
    expect(solved).toMatchObject({ plan: 988, cost: 988 });
  });

  it('tells each better cost once, and when there was a plan', async () => {
    const { solver } = countdown(({ from }) => (from === 0 ? 5 : -1));
    const told: SolveProgress[] = [];
    const solved = await solve(crewFor(solver), {
      seed: 1,
      budget: { iterations: 120 },
      onProgress: (progress) => told.push(progress),
    });
    expect(told.map(({ cost }) => cost)).toEqual([1000, 995]);
    expect(solved.firstFeasibleMs).toBeGreaterThanOrEqual(0);
  });

  it('says that there is no plan where none was found that breaks no rule', async () => {
    const none: LegReport<number> = { best: undefined, last: undefined, cost: Infinity, iterations: 10 };
    const { solver } = countdown(() => 0, { first: () => undefined, search: () => none });
    const solved = await solve(crewFor(solver), { seed: 1, budget: { iterations: 120 } });
    expect(solved).toEqual({ plan: undefined, cost: Infinity, iterations: 240, firstFeasibleMs: undefined });
  });

  it('ends at once with what it has when it is told to', async () => {
    const { solver, seen } = countdown(() => 0);
    const interrupt = new AbortController();
    interrupt.abort();
    const budget = { iterations: 1_000_000_000 };
    const solved = await solve(crewFor(solver), { seed: 1, budget, signal: interrupt.signal });
    expect(seen.map(({ iterations }) => iterations)).toEqual(Array(24).fill(0));
    expect(solved).toMatchObject({ plan: 1000, cost: 1000 });
  });

  it('says where a file cannot be read', () => {
    expect(crewHere(countdown(() => 0).solver, 'beds', { size: 1 })).toEqual({
      failure: { place: 'file', reason: 'not a number' },
    });
  });
});
