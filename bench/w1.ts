import { cpuBetween, cpuTimes, type CpuTimes } from './measure/cpu';
import { median, quantile, rounded, type Spread, spreadOf } from './measure/statistics';
import { runFlows, type Side } from './sides/side';

/** How much is measured. */
export interface W1Size {
  readonly rounds: number;
  /** Flows of each side in each round, so many at once. */
  readonly flows: number;
  readonly lanes: number;
  /** Flows one at a time, with a rest before the decision. */
  readonly idleFlows: number;
}

/** What is compared with what, and whose processor time is read (process ids by part). */
export interface W1Pair {
  readonly product: Side;
  readonly bare: Side;
  readonly pids: () => Readonly<Record<string, readonly number[]>>;
}

/** One side in one round: flows a second, milliseconds of processor time a flow, latencies when busy and when idle. */
interface Segment {
  readonly flowsPerSecond: number;
  readonly cpu: CpuTimes;
  readonly busy: readonly number[];
  readonly idle: readonly number[];
}

/** One side over all rounds. Times are milliseconds. */
export interface SideResult {
  readonly flowsPerSecond: Spread;
  readonly idleP50: Spread;
  readonly idleP99: number;
  readonly busyP50: number;
  readonly busyP99: number;
  readonly cpuPerFlow: number;
  /** By part, per flow. */
  readonly cpu: CpuTimes;
}

/** Both sides, and product over bare: medians with the extremes over the rounds. */
export interface W1Result {
  readonly product: SideResult;
  readonly bare: SideResult;
  readonly ratios: { readonly flowsPerSecond: Spread; readonly idleP50: Spread; readonly cpuPerFlow: Spread };
}

const restMs = 200;

/** Runs both sides in turn, so that whatever else the machine does meets both, and compares them round by round. */
export const runW1 = async (pair: W1Pair, size: W1Size, say: (line: string) => void): Promise<W1Result> => {
  const product: Segment[] = [];
  const bare: Segment[] = [];
  // A service runs for weeks: its connections know their statements, and its code is compiled.
  for (const side of [pair.product, pair.bare]) await runFlows(side, { flows: size.flows, lanes: size.lanes });
  for (let round = 1; round <= size.rounds; round++) {
    product.push(await segment(pair.product, pair.pids, size));
    bare.push(await segment(pair.bare, pair.pids, size));
    say(`  round ${round}: ${lineOf(product.at(-1))} against ${lineOf(bare.at(-1))}`);
  }
  const ratio = (of: (segment: Segment) => number): Spread =>
    spreadOf(product.flatMap((one, i) => (bare[i] ? [of(one) / of(bare[i])] : [])));
  return {
    product: resultOf(product),
    bare: resultOf(bare),
    ratios: {
      flowsPerSecond: ratio(({ flowsPerSecond }) => flowsPerSecond),
      idleP50: ratio(({ idle }) => median(idle)),
      cpuPerFlow: ratio(({ cpu }) => total(cpu)),
    },
  };
};

const segment = async (side: Side, pids: W1Pair['pids'], size: W1Size): Promise<Segment> => {
  const before = cpuTimes(pids());
  const busy = await runFlows(side, size);
  const used = cpuBetween(before, cpuTimes(pids()));
  const idle = await runFlows(side, { flows: size.idleFlows, lanes: 1, restMs });
  return {
    flowsPerSecond: (size.flows * 1000) / busy.ms,
    cpu: Object.fromEntries(Object.entries(used).map(([part, ms]) => [part, ms / size.flows])),
    busy: await side.latencies(busy.keys),
    idle: await side.latencies(idle.keys),
  };
};

const total = (cpu: CpuTimes): number => Object.values(cpu).reduce((sum, ms) => sum + ms, 0);

const resultOf = (segments: readonly Segment[]): SideResult => {
  const [busy, idle] = [segments.flatMap((one) => one.busy), segments.flatMap((one) => one.idle)];
  const parts = [...new Set(segments.flatMap(({ cpu }) => Object.keys(cpu)))].toSorted();
  return {
    flowsPerSecond: spreadOf(segments.map(({ flowsPerSecond }) => flowsPerSecond)),
    idleP50: spreadOf(segments.map((one) => median(one.idle))),
    idleP99: quantile(idle, 0.99),
    busyP50: median(busy),
    busyP99: quantile(busy, 0.99),
    cpuPerFlow: median(segments.map(({ cpu }) => total(cpu))),
    cpu: Object.fromEntries(parts.map((part) => [part, median(segments.map(({ cpu }) => cpu[part] ?? 0))])),
  };
};

const lineOf = (one: Segment | undefined): string =>
  one ? `${rounded(one.flowsPerSecond, 1)} flows/s, idle ${rounded(median(one.idle), 1)} ms` : '';
