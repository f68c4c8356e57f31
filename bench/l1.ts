import { setTimeout as sleep } from 'node:timers/promises';
import { acuityPrompt } from '#activities';
import { REHEARSAL_MODEL } from '#libs/llm/rehearsal/server';
import { type BareDrafting } from './bare/bare.worker';
import { atRest } from './measure/at-rest';
import { cpuBetween, cpuTimes, type CpuTimes } from './measure/cpu';
import { occupancyOf } from './measure/occupancy';
import { rounded, type Spread, spreadOf } from './measure/statistics';
import { type FixedModel } from './model/start-model';
import { openBareDrafts } from './sides/bare.side';
import { type DraftSide } from './sides/draft-side';
import { openProductDrafts } from './sides/product.side';
import { runLanes } from './sides/side';
import { type BenchSite } from './site/bench-site';

/** How much is measured. */
export interface L1Size {
  readonly rounds: number;
  /** Drafts of each side in each round. */
  readonly drafts: number;
  readonly slots: number;
  /** How long the model takes for each. */
  readonly latency: number;
}

/** One side over all rounds. */
interface SideResult {
  /** Mean share of slots in which the model was at work while at least as many cases waited, 0 to 1. */
  readonly busy: Spread;
  /** For how long that was measured, seconds. */
  readonly measuredSeconds: number;
  /** Milliseconds for each draft, from the registration on: all, and by process. */
  readonly cpuPerDraft: Spread;
  readonly cpu: CpuTimes;
  readonly failed: number;
}

/** Both sides, and product over bare. */
export interface L1Result {
  readonly product: SideResult;
  readonly bare: SideResult;
  readonly ratios: { readonly busy: Spread; readonly cpuPerDraft: Spread };
}

interface Segment {
  readonly busy: number;
  readonly ms: number;
  readonly cpu: CpuTimes;
  readonly failed: number;
}

const [quietMs, restWithinMs] = [120_000, 600_000];

/** The product's settings for so many slots, with room for everybody to wait. */
export const slotSettings = ({ slots, drafts }: L1Size): Record<string, string> => ({
  DEEPSEEK_SLOTS: String(slots),
  DEEPSEEK_WAITING: String(Math.min(drafts, 10_000)),
});

/** L1: many more cases than slots want a draft at once, at the product and at a bare flow in turn. */
export const runL1 = async (
  site: BenchSite,
  size: L1Size & { readonly model: FixedModel },
  say: (line: string) => void,
): Promise<L1Result> => {
  const product = await openProductDrafts(site);
  const bare = await openBareDrafts(site, draftingOf(size));
  const once = { ...size, drafts: 2 * site.desks.length };
  for (const side of [product, bare]) await segmentOf(site, side, once);
  const segments: Record<'product' | 'bare', Segment[]> = { product: [], bare: [] };
  for (let round = 1; round <= size.rounds; round++) {
    segments.product.push(await segmentOf(site, product, size));
    segments.bare.push(await segmentOf(site, bare, size));
    say(`  round ${round}: ${lineOf(segments.product.at(-1))} against ${lineOf(segments.bare.at(-1))}`);
  }
  const ratio = (of: (segment: Segment) => number): Spread =>
    spreadOf(segments.product.flatMap((one, i) => (segments.bare[i] ? [of(one) / of(segments.bare[i])] : [])));
  return {
    product: resultOf(segments.product),
    bare: resultOf(segments.bare),
    ratios: { busy: ratio(({ busy }) => busy), cpuPerDraft: ratio(({ cpu }) => total(cpu)) },
  };
};

/** The bare flow asks what the product asks, about one patient. */
const draftingOf = ({ model, slots }: L1Size & { model: FixedModel }): BareDrafting => {
  const input = { complaint: '发热伴咳嗽三天，今晨起气短', age: null, sex: 'female', vitals: {}, flags: {}, notes: [] };
  const messages = [
    { role: 'system', content: acuityPrompt.system },
    { role: 'user', content: JSON.stringify(input) },
  ];
  const body = JSON.stringify({
    model: REHEARSAL_MODEL,
    messages,
    response_format: { type: 'json_object' },
    stream: true,
  });
  return { slots, request: { url: `${model.baseUrl}/chat/completions`, body } };
};

const segmentOf = async (
  site: BenchSite,
  side: DraftSide,
  { drafts, slots, latency, model }: Omit<L1Size, 'rounds'> & { model: FixedModel },
): Promise<Segment> => {
  const lanes = site.desks.length;
  const [keys, came]: [string[], number[]] = [[], []];
  model.taken();
  const before = cpuTimes(side.pids());
  await runLanes({ flows: drafts, lanes }, async (lane) => {
    keys.push(await side.begin(lane));
    came.push(Date.now());
  });
  const failed = await allDrafted(side, keys);
  const used = cpuBetween(before, cpuTimes(side.pids()));
  const occupancy = occupancyOf({ came, taken: model.taken(), heldMs: latency, slots });
  const left = [...keys];
  await runLanes({ flows: drafts, lanes }, async (lane) => {
    const key = left.pop();
    if (key !== undefined) await side.end(key, lane);
  });
  await atRest(() => side.pids()['worker'] ?? [], restWithinMs);
  const cpu = Object.fromEntries(Object.entries(used).map(([part, ms]) => [part, ms / drafts]));
  return { ...occupancy, cpu, failed };
};

/** Waits until each has its draft or will have none; answers for how many there is none. Throws when nothing moves. */
const allDrafted = async (side: DraftSide, keys: readonly string[]): Promise<number> => {
  let [done, since] = [-1, Date.now()];
  for (;;) {
    const { drafted, failed } = await side.drafted(keys);
    if (drafted + failed === keys.length) return failed;
    if (drafted + failed > done) [done, since] = [drafted + failed, Date.now()];
    if (Date.now() - since > quietMs)
      throw new Error(`${side.name}: ${done} of ${keys.length} drafts, and no more come`);
    await sleep(500);
  }
};

const total = (cpu: CpuTimes): number => Object.values(cpu).reduce((sum, ms) => sum + ms, 0);

const resultOf = (segments: readonly Segment[]): SideResult => {
  const parts = Object.keys(segments[0]?.cpu ?? {});
  return {
    busy: spreadOf(segments.map(({ busy }) => busy)),
    measuredSeconds: segments.reduce((sum, { ms }) => sum + ms / 1000, 0),
    cpuPerDraft: spreadOf(segments.map(({ cpu }) => total(cpu))),
    cpu: Object.fromEntries(parts.map((part) => [part, spreadOf(segments.map(({ cpu }) => cpu[part] ?? 0)).median])),
    failed: segments.reduce((sum, { failed }) => sum + failed, 0),
  };
};

const lineOf = (one: Segment | undefined): string =>
  one ? `${rounded(one.busy, 3)} of the slots, ${rounded(total(one.cpu), 1)} ms a draft` : '';
