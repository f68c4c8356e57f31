import { type Pool } from 'undici';
import { v7 as uuidv7 } from 'uuid';
import { readForInstallation } from '#libs/db/transaction';
import { median, quantile, rounded, type Spread, spreadOf } from './measure/statistics';
import { startRaw } from './raw/start-raw';
import { type OpenReview, openSeed } from './seed/seeder';
import { runLanes } from './sides/side';
import { type BenchSite } from './site/bench-site';
import { type Desk, inTurn, successOf } from './site/desk';

/** How much is measured. */
export interface W2Size {
  readonly rounds: number;
  /** Decisions of each side in each round, one at a time. */
  readonly idle: number;
  /** And at so many connections at once. */
  readonly busy: number;
  readonly connections: number;
}

/** One side over all rounds: milliseconds from request to answer one at a time, and decisions a second on all connections. */
interface SideResult {
  readonly idleP50: Spread;
  readonly idleP99: Spread;
  readonly perSecond: Spread;
  readonly busyP50: Spread;
}

/** Both sides, and product over raw: medians with the extremes over the rounds. */
export interface W2Result {
  readonly product: SideResult;
  readonly raw: SideResult;
  readonly ratios: SideResult;
}

interface Segment {
  readonly idle: readonly number[];
  readonly busy: readonly number[];
  readonly perSecond: number;
}

type Decide = (review: OpenReview) => Promise<void>;

/** W2: has open reviews decided by the product and by a raw server, in turn, on one ledger. */
export const runW2 = async (site: BenchSite, size: W2Size, say: (line: string) => void): Promise<W2Result> => {
  const seed = await openSeed(site);
  const raw = await startRaw(site, { name: 'decision', connections: size.connections });
  const nextDesk = inTurn(site.desks);
  const decide = { product: decideAt(nextDesk), raw: decideRaw(raw.http, nextDesk) };
  const round = async (side: Decide): Promise<Segment> => {
    const reviews = await seed({ assessing: size.idle + size.busy });
    const segment = await segmentOf(side, reviews, size);
    await assertDecided(site, reviews);
    return segment;
  };
  for (const side of Object.values(decide)) await round(side);
  const segments: Record<keyof typeof decide, Segment[]> = { product: [], raw: [] };
  for (let number = 1; number <= size.rounds; number++) {
    segments.product.push(await round(decide.product));
    segments.raw.push(await round(decide.raw));
    say(`  round ${number}: ${lineOf(segments.product.at(-1))} against ${lineOf(segments.raw.at(-1))}`);
  }
  return compared(segments);
};

const bodyOf = ({ level }: OpenReview) => ({ action: 'manual', content: { level, department: '内科', note: '' } });
const pathOf = ({ reviewId }: OpenReview): string => `/api/reviews/${reviewId}/decisions`;

const decideAt =
  (nextDesk: () => Desk): Decide =>
  async (review) =>
    void successOf(await nextDesk().post(pathOf(review), bodyOf(review), 1));

const decideRaw =
  (http: Pool, nextDesk: () => Desk): Decide =>
  async (review) => {
    const headers = { ...nextDesk().session, 'content-type': 'application/json', 'idempotency-key': uuidv7() };
    const body = JSON.stringify(bodyOf(review));
    const answer = await http.request({ method: 'POST', path: pathOf(review), headers, body });
    const text = await answer.body.text();
    if (answer.statusCode >= 300) throw new Error(`the raw server answered ${answer.statusCode} ${text}`);
  };

const segmentOf = async (decide: Decide, reviews: readonly OpenReview[], size: W2Size): Promise<Segment> => {
  const idle = await timed(decide, reviews.slice(0, size.idle), 1);
  const busy = await timed(decide, reviews.slice(size.idle), size.connections);
  return { idle: idle.times, busy: busy.times, perSecond: (size.busy * 1000) / busy.ms };
};

const timed = async (
  decide: Decide,
  reviews: readonly OpenReview[],
  lanes: number,
): Promise<{ times: number[]; ms: number }> => {
  const [left, times] = [[...reviews], [] as number[]];
  const ms = await runLanes({ flows: reviews.length, lanes }, async () => {
    const review = left.pop();
    if (!review) return;
    const started = performance.now();
    await decide(review);
    times.push(performance.now() - started);
  });
  return { times, ms };
};

/* Neither side may be fast by leaving something out. The lists are hashed once: the tables grow faster here than PostgreSQL counts them. */
const undecidedSql = `
select count(*)::int undecided from unnest($1::uuid[]) as of(review)
where not exists (select from decision d join review r on r.id = d.review_id join cases c on c.id = r.case_id
  join triage_case t on t.case_id = c.id and t.decision_id = d.id and not t.provisional
  join signature s on s.id = d.first_signature
  where r.id = of.review and r.state = 'decided' and c.state = 'waiting'
    and (r.id, array[c.id]) in (select entity_id, case_ids from audit where action = 'review.manual')
    and ('triage:' || c.id, d.id::text) in (select workflow_id, args -> 0 ->> 'decisionId' from outbox)
    and r.id in (select entity_id from change_feed where topic = 'review'))`;

const assertDecided = async ({ ledger }: BenchSite, reviews: readonly OpenReview[]): Promise<void> => {
  const ids = reviews.map(({ reviewId }) => reviewId);
  const [row] = await readForInstallation<{ undecided: number }>(ledger.source, undecidedSql, [ids]);
  if (row?.undecided !== 0) throw new Error(`${row?.undecided} of ${ids.length} reviews lack a row of their decision`);
};

const figures = {
  idleP50: ({ idle }: Segment) => median(idle),
  idleP99: ({ idle }: Segment) => quantile(idle, 0.99),
  perSecond: ({ perSecond }: Segment) => perSecond,
  busyP50: ({ busy }: Segment) => median(busy),
} as const;

const eachFigure = (spread: (of: (segment: Segment) => number) => Spread): SideResult => ({
  idleP50: spread(figures.idleP50),
  idleP99: spread(figures.idleP99),
  perSecond: spread(figures.perSecond),
  busyP50: spread(figures.busyP50),
});

const compared = ({ product, raw }: Record<'product' | 'raw', readonly Segment[]>): W2Result => ({
  product: eachFigure((of) => spreadOf(product.map(of))),
  raw: eachFigure((of) => spreadOf(raw.map(of))),
  ratios: eachFigure((of) => spreadOf(product.flatMap((one, i) => (raw[i] ? [of(one) / of(raw[i])] : [])))),
});

const lineOf = (one: Segment | undefined): string =>
  one ? `idle ${rounded(median(one.idle), 1)} ms, ${rounded(one.perSecond, 0)}/s` : '';
