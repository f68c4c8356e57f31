/** Whether a developer runs a nightly test in about a minute (`npm run test:nightly -- --short D-5`). */
export const short = process.env['COUNTERSIGN_TEST_SHORT'] === '1';

/** What the nightly tests repeat, and for how long: `[short, listed]`. The whole table stands in docs/reliability.md. */
export const nightlyCounts = {
  /** D-4: how long PostgreSQL is killed again and again, and the decisions begun in each second of it. */
  'D-4 seconds': [30, 600],
  'D-4 decisions a second': [4, 20],
  /** D-5: patients registered and decided while Temporal is killed again and again, and how many in a second. */
  'D-5 workflows': [40, 500],
  'D-5 decisions a second': [2, 2],
  /** D-7: how long no worker runs, and the decisions taken meanwhile. */
  'D-7 seconds': [10, 1800],
  'D-7 decisions': [20, 200],
  /** L-7: how long the model is away (two hours, twelve times as fast), and the patients of each second. */
  'L-7 seconds': [15, 600],
  'L-7 patients a second': [2, 2],
  /** F-1: requests, over all operations and as everybody. */
  'F-1 requests': [1500, 20_000],
  /** E-7: sequences of at most 40 commands: over the ledger alone, and over the processes with crashes among them. */
  'E-7 sequences': [40, 1000],
  'E-7 sequences with crashes': [2, 40],
  /** D-6: how long each kind of bad weather lasts on each link. */
  'D-6 seconds': [2, 60],
  /** F-4: comments while a review is open, moves while none is, and when Temporal suggests to continue as new. */
  'F-4 comments': [250, 3000],
  'F-4 moves': [250, 2000],
  'F-4 events in a run': [250, 4096],
  /** D-10: writes while the database is read-only, and while its disk is full. */
  'D-10 writes': [5, 50],
  /** S-1: how long, and how many patients the hospital knows. */
  'S-1 seconds': [20, 900],
  'S-1 patients': [1000, 100_000],
  /** S-4: workflows that wait for people, and how many of them are replayed. */
  'S-4 workflows': [100, 10_000],
  'S-4 replayed': [10, 100],
  /** S-5: how long one ward floods while the model takes a minute (six times as fast). */
  'S-5 seconds': [15, 300],
} as const satisfies Readonly<Record<string, readonly [short: number, listed: number]>>;

/** The share of the listed rate at which the load tests run: COUNTERSIGN_TEST_RATE, all of it where that is not set. */
export const rate = Number(process.env['COUNTERSIGN_TEST_RATE'] ?? (short ? 0.2 : 1));

/** How often a nightly test repeats something in this run. */
export const nightly = (what: keyof typeof nightlyCounts): number => nightlyCounts[what][short ? 0 : 1];
