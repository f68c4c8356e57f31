import { type Pool } from 'undici';
import { quantile, rounded, type Spread, spreadOf } from './measure/statistics';
import { startRaw } from './raw/start-raw';
import { openSeed } from './seed/seeder';
import { type BenchSite } from './site/bench-site';
import { type Desk, inTurn, successOf } from './site/desk';

/** How much is measured. */
export interface A3Size {
  readonly rounds: number;
  /** Requests of each side in each round, one at a time. */
  readonly reads: number;
  /** Cases in the ledger, so many of them waiting. */
  readonly cases: number;
  readonly waiting: number;
  /** Patients that one request asks for. */
  readonly limit: number;
}

/** One side over all rounds: milliseconds from request to answer. */
interface SideResult {
  readonly p50: Spread;
  readonly p99: Spread;
}

/** Both sides, and product over raw: medians with the extremes over the rounds. */
export interface A3Result {
  readonly product: SideResult;
  readonly raw: SideResult;
  readonly ratios: SideResult;
  readonly audited: number;
}

/** A3: reads the top of a queue from the product and from a raw server, in turn, on one ledger full of cases. */
export const runA3 = async (site: BenchSite, size: A3Size, say: (line: string) => void): Promise<A3Result> => {
  const seed = await openSeed(site);
  // Of those who wait, a fifth are still being assessed.
  const assessing = Math.floor(size.waiting / 5);
  await seed({ closed: size.cases - size.waiting, waiting: size.waiting - assessing, assessing });
  say(`  ${size.cases} cases are in the ledger`);
  const nextDesk = inTurn(site.desks);
  const raw = await startRaw(site, { name: 'queue', connections: 1 });
  const path = `/api/triage/queue?limit=${size.limit}`;
  const readers = {
    product: () => readProduct(nextDesk(), path),
    raw: () => readRaw(raw.http, { path, desk: nextDesk() }),
  };
  for (const read of Object.values(readers)) await timesOf(read, size);
  const times: Record<keyof typeof readers, number[][]> = { product: [], raw: [] };
  for (let round = 1; round <= size.rounds; round++) {
    times.product.push(await timesOf(readers.product, size));
    times.raw.push(await timesOf(readers.raw, size));
    const line = [times.product, times.raw].map((one) => rounded(quantile(one.at(-1) ?? [], 0.99), 1));
    say(`  round ${round}: p99 ${line.join(' against ')} ms`);
  }
  return { ...compared(times), audited: await auditedReads(site) };
};

type Read = () => Promise<readonly unknown[]>;

const readProduct = async (desk: Desk, path: string): Promise<readonly unknown[]> => {
  const { rows } = successOf<{ rows: unknown[] }>(await desk.get(path));
  return rows;
};

const readRaw = async (http: Pool, { path, desk }: { path: string; desk: Desk }): Promise<readonly unknown[]> => {
  const { body } = await http.request({ method: 'GET', path, headers: desk.session });
  return ((await body.json()) as { rows: unknown[] }).rows;
};

const timesOf = async (read: Read, { reads, limit, waiting }: A3Size): Promise<number[]> => {
  const times: number[] = [];
  for (let i = 0; i < reads; i++) {
    const started = performance.now();
    const rows = await read();
    times.push(performance.now() - started);
    if (rows.length !== Math.min(limit, waiting)) throw new Error(`${rows.length} patients were answered`);
  }
  return times;
};

const compared = ({ product, raw }: Record<'product' | 'raw', readonly number[][]>): Omit<A3Result, 'audited'> => {
  const each = (side: readonly number[][], p: number): number[] => side.map((times) => quantile(times, p));
  const resultOf = (side: readonly number[][]): SideResult => ({
    p50: spreadOf(each(side, 0.5)),
    p99: spreadOf(each(side, 0.99)),
  });
  const ratio = (p: number): Spread =>
    spreadOf(product.map((times, i) => quantile(times, p) / quantile(raw[i] ?? [], p)));
  return { product: resultOf(product), raw: resultOf(raw), ratios: { p50: ratio(0.5), p99: ratio(0.99) } };
};

const auditedReads = async ({ ledger }: BenchSite): Promise<number> => {
  const [row] = await ledger.asOperator((tx) =>
    tx.query<{ count: number }>(`select count(*)::int from audit where action = 'triage-queue.shown'`),
  );
  return row?.count ?? 0;
};
