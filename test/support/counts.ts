/** Whether the listed counts of the reliability tests are run (`npm run test:full`) and not the reduced ones. */
export const full = process.env['COUNTERSIGN_TEST_FULL'] === '1';

/** What the tests of test/chaos repeat: `[reduced, listed]`. The whole table stands in docs/reliability.md. */
export const counts = {
  /** D-1: cases whose drafts are under way when a worker dies. */
  'D-1 cases': [10, 50],
  /** D-2: steps that were committed and not reported when their worker dies; drafts, and decisions carried out. */
  'D-2 drafts': [4, 20],
  'D-2 commits': [1, 20],
  /** D-3: kills of the API between commit and reply (each with several decisions under way), and before the relay. */
  'D-3 kills': [2, 50],
  'D-3 decisions per kill': [3, 2],
  'D-3 unrelayed': [3, 50],
  /** D-8: how often each API and each worker is restarted in turn. */
  'D-8 rounds': [1, 10],
  /** E-1: reviews, each with this many requests at once under one key. */
  'E-1 reviews': [5, 100],
  'E-1 requests': [20, 20],
  /** E-2: reviews, each with this many contenders under keys of their own. */
  'E-2 reviews': [10, 200],
  'E-2 contenders': [20, 20],
  /** E-3: decisions whose COMMIT reply is lost. */
  'E-3 decisions': [10, 200],
  /** E-4: workflows, and how often each signal is sent. */
  'E-4 workflows': [6, 40],
  'E-4 copies': [5, 5],
  /** E-5: stale approvals of each kind. */
  'E-5 reviews': [4, 50],
  /** E-6: decisions around an escalation time. */
  'E-6 runs': [40, 500],
  'E-6 runs within 50 ms': [1, 100],
  /** forged messages of each kind. */
  'A-9 forgeries': [3, 30],
  /** E-10: events written beside a transaction that stays open. */
  'E-10 events': [1200, 10000],
  /** L-4: drafts asked for at once while the endpoint answers 429. */
  'L-4 drafts': [50, 500],
  /** F-5: directions tried with each column and each name for an order. */
  'F-5 directions': [1, 5],
  /** requests of a flood, and approvals of one person at once. */
  'A-7 requests': [150, 1000],
  'A-7 approvals': [8, 60],
  /** L-8: notes of the corpus that are drafted from; all of it is labelled and enclosed in both. */
  'L-8 notes': [25, 250],
  /** The engine under a killed relay: patients. */
  'engine patients': [8, 40],
  /** Random walks of the desk's moves, each compared with the rules of a case. */
  'desk walks': [15, 150],
  /** Random small houses, each planned and judged. */
  'ward houses': [300, 10000],
  /** Temporal stopped: patients registered and decided meanwhile. */
  'outage patients': [4, 30],
} as const satisfies Readonly<Record<string, readonly [reduced: number, listed: number]>>;

/** How often a test repeats something in this run. */
export const countOf = (what: keyof typeof counts): number => counts[what][full ? 1 : 0];
