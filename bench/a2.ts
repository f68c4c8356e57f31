import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { startListeners } from './listeners/start-listeners';
import { cpuBetween, cpuTimes } from './measure/cpu';
import { quantile, rounded, type Spread, spreadOf } from './measure/statistics';
import { startRaw } from './raw/start-raw';
import { type BenchSite } from './site/bench-site';
import { readSql } from './site/installation';
import { publishChangesAt } from './site/publishing';

/** How much is measured. */
export interface A2Size {
  /** Streams in all; the wards have an equal share each, and each change concerns one ward. */
  readonly listeners: number;
  /** Changes a second. */
  readonly rate: number;
  /** How long each side is told changes in a round. */
  readonly seconds: number;
  readonly rounds: number;
}

/** Wards of the bench: a tenth of the listeners hear each change. */
export const a2Wards = 10;
/** As many streams as the product lets one person have. */
const streamsEach = 20;

/** As many nurses as it takes to listen so often. */
export const a2Nurses = ({ listeners }: A2Size): number => {
  const nurses = listeners / streamsEach;
  if (!Number.isInteger(nurses / a2Wards)) throw new Error(`listeners come by ${streamsEach * a2Wards}`);
  return nurses;
};

/** One side over all rounds, milliseconds. */
interface SideResult {
  /** From the commit that gave a change its number, by PostgreSQL's clock, until a listener has it. */
  readonly p50: Spread;
  readonly p99: Spread;
  /** From the commit of the change itself, which then waits for its number. */
  readonly wholeP50: Spread;
  readonly wholeP99: Spread;
  /** Processor time of the server for a thousand deliveries. */
  readonly cpuPerThousand: Spread;
}

/** Both sides, and product over raw: medians with the extremes over the rounds. */
export interface A2Result {
  readonly product: SideResult;
  readonly raw: SideResult;
  readonly ratios: SideResult;
  /** In each round and side; none was lost, none came twice. */
  readonly deliveries: number;
}

type Segment = Readonly<Record<keyof SideResult, number>>;

interface Server {
  readonly url: string;
  readonly pid: number;
}

/** A2: tells changes to very many listeners of the product and of a raw server, in turn, from one change feed. */
export const runA2 = async (site: BenchSite, size: A2Size, say: (line: string) => void): Promise<A2Result> => {
  publishChangesAt(site);
  const raw = await startRaw(site, { name: 'events', connections: 1 });
  const servers: Record<'product' | 'raw', Server> = {
    product: { url: `${site.installation.addresses.api}/api/events`, pid: site.installation.pids()['api']?.[0] ?? 0 },
    raw: { url: `${raw.origin}/`, pid: raw.pid },
  };
  for (const server of Object.values(servers)) await segmentOf(site, server, size);
  const segments: Record<keyof typeof servers, Segment[]> = { product: [], raw: [] };
  for (let round = 1; round <= size.rounds; round++) {
    segments.product.push(await segmentOf(site, servers.product, size));
    segments.raw.push(await segmentOf(site, servers.raw, size));
    const line = [segments.product, segments.raw].map((one) => rounded(one.at(-1)?.p99 ?? Number.NaN, 1));
    say(`  round ${round}: p99 ${line.join(' against ')} ms`);
  }
  return { ...compared(segments), deliveries: (size.rate * size.seconds * size.listeners) / a2Wards };
};

/** A change as it was made: what it is of, and when its commit was answered (ms since 1970). */
interface Made {
  readonly entityId: string;
  readonly at: number;
}

const segmentOf = async (site: BenchSite, { url, pid }: Server, size: A2Size): Promise<Segment> => {
  const sessions = site.desks.map(({ session }) => ({ cookie: session['cookie'] ?? '', streams: streamsEach }));
  const listeners = await startListeners({ url, sessions });
  const before = cpuTimes({ server: [pid] });
  const made = await makeChanges(site, size);
  await sleep(2000);
  const used = cpuBetween(before, cpuTimes({ server: [pid] }));
  const { from, at } = await listeners.leave();
  const numbered = await numberedAt(site, made);
  const [times, whole]: [number[], number[]] = [[], []];
  for (const [seq, arrivals] of at) {
    const change = numbered.get(seq);
    if (!change) throw new Error(`a listener was told ${seq}, which is no change of the bench`);
    for (const arrived of arrivals) {
      times.push(from + arrived - change.numberedAt);
      whole.push(from + arrived - change.madeAt);
    }
  }
  const expected = (made.length * size.listeners) / a2Wards;
  if (times.length !== expected) throw new Error(`${times.length} of ${expected} deliveries arrived`);
  return {
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    wholeP50: quantile(whole, 0.5),
    wholeP99: quantile(whole, 0.99),
    cpuPerThousand: ((used['server'] ?? Number.NaN) * 1000) / expected,
  };
};

const changeSql = `with c as (insert into change_feed (id, organisation_id, ward_id, topic, entity_id)
  values ($1, $2, $3, 'case', $4)) select pg_notify('countersign_change', '')`;

/* Each change is a transaction of its own, at its own time, whether or not the one before is through. */
const makeChanges = async ({ ledger }: BenchSite, { rate, seconds }: A2Size): Promise<readonly Made[]> => {
  const started = performance.now();
  const make = async (i: number): Promise<Made> => {
    await sleep(Math.max(0, started + (i * 1000) / rate - performance.now()));
    const [entityId, ward] = [uuidv7(), ledger.wardIds[i % ledger.wardIds.length]];
    await ledger.asOperator((tx) => tx.query(changeSql, [uuidv7(), ledger.organisationId, ward, entityId]));
    return { entityId, at: performance.timeOrigin + performance.now() };
  };
  return Promise.all(Array.from({ length: rate * seconds }, (_, i) => make(i)));
};

/* The numbering is the last that happens to a row, so its transaction is the one whose commit PostgreSQL remembers. */
const numberedSql = `select feed_seq::float8 seq, entity_id "entityId",
  (extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000)::float8 "numberedAt"
  from change_feed where entity_id = any($1::uuid[])`;

const numberedAt = async (
  { superuser }: BenchSite,
  made: readonly Made[],
): Promise<ReadonlyMap<number, { numberedAt: number; madeAt: number }>> => {
  const rows = await readSql<{ seq: number; entityId: string; numberedAt: number }>(superuser('countersign'), {
    text: numberedSql,
    values: [made.map(({ entityId }) => entityId)],
  });
  const madeAt = new Map(made.map(({ entityId, at }) => [entityId, at]));
  return new Map(
    rows.map((row) => [row.seq, { numberedAt: row.numberedAt, madeAt: madeAt.get(row.entityId) ?? Number.NaN }]),
  );
};

const compared = ({ product, raw }: Record<'product' | 'raw', readonly Segment[]>): Omit<A2Result, 'deliveries'> => {
  const over = (of: (round: number, measure: keyof Segment) => number): SideResult => {
    const spread = (measure: keyof Segment): Spread => spreadOf(product.map((_, round) => of(round, measure)));
    return {
      p50: spread('p50'),
      p99: spread('p99'),
      wholeP50: spread('wholeP50'),
      wholeP99: spread('wholeP99'),
      cpuPerThousand: spread('cpuPerThousand'),
    };
  };
  const value = (side: readonly Segment[], round: number, measure: keyof Segment): number =>
    side[round]?.[measure] ?? Number.NaN;
  return {
    product: over((round, measure) => value(product, round, measure)),
    raw: over((round, measure) => value(raw, round, measure)),
    ratios: over((round, measure) => value(product, round, measure) / value(raw, round, measure)),
  };
};
