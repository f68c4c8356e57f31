import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { openNurseBrowser, type Tab } from './browser/tab';
import { rounded, type Spread, spreadOf } from './measure/statistics';
import { openSeed } from './seed/seeder';
import { type BenchSite } from './site/bench-site';
import { successOf } from './site/desk';
import { runSql } from './site/installation';
import { publishChangesAt } from './site/publishing';

/** How much is measured, and in what browser. */
export interface Q1Size {
  readonly chromium: string;
  /** Patients in the queue. */
  readonly waiting: number;
  /** Key presses, and a quarter as many changes and readings. */
  readonly steps: number;
  /** How many times slower than this machine, one run for each. */
  readonly slower: readonly number[];
}

/** What one kind of update costs the page. */
interface Cost {
  /** Processor time of the page's main thread for one. */
  readonly mainThreadMs: Spread;
  /** The longest stretch that would have kept a key waiting, by the clock; 0 where none took 50 ms. */
  readonly longestTaskMs: number;
}

/** What the page does in a queue of 500. */
export interface Q1Run {
  readonly slower: number;
  /** A key that goes to the next patient. */
  readonly step: Cost & {
    /** The slowest from the key to the next paint, by the clock, in steps of 8 ms; 16 where none took longer. */
    readonly slowestPaintMs: number;
  };
  /** Another desk moves a patient: the page is told, reads the queue and draws one row. */
  readonly change: Cost;
  /** Every waiting time is another one. */
  readonly reading: Cost;
}

/** Q1: walks a long queue, and has it told of changes, on this machine and on slower ones. */
export const runQ1 = async (
  site: BenchSite,
  size: Q1Size,
  say: (line: string) => void,
): Promise<{ readonly runs: readonly Q1Run[] }> => {
  const seed = await openSeed(site);
  await seed({ waiting: size.waiting });
  publishChangesAt(site);
  const browser = await openNurseBrowser(site, size.chromium);
  const runs: Q1Run[] = [];
  for (const slower of size.slower) {
    const tab = await browser.openTab(slower);
    await tab.prepare(watchLongTasks);
    await tab.goTo('/queue');
    await tab.ask(until(`document.querySelectorAll('.queue-table tbody tr').length === ${size.waiting}`));
    // What is put off until the first screen stands, and the stream of changes.
    await sleep(2000 * slower);
    const run = { slower, ...(await measure(site, tab, size)) };
    await tab.close();
    runs.push(run);
    const worst = [run.step, run.change, run.reading].map(({ mainThreadMs: { max } }) => rounded(max, 0));
    say(`  ${slower} times slower: at most ${worst.join(', ')} ms for a step, a change, a reading`);
  }
  return { runs };
};

/* Runs in the page from its beginning. */
const watchLongTasks = `{
  globalThis.countersignLong = [];
  globalThis.countersignKeys = [];
  const keep = (into, wanted) => (list) => into.push(...list.getEntries().filter(wanted).map(({ duration }) => duration));
  new PerformanceObserver(keep(countersignLong, () => true)).observe({ type: 'longtask' });
  const isKey = ({ name }) => name === 'keydown';
  new PerformanceObserver(keep(countersignKeys, isKey)).observe({ type: 'event', durationThreshold: 16 });
}`;

/* An expression that resolves once a condition of the page holds and that has been painted. */
const until = (condition: string): string => `new Promise((resolve) => {
  const holds = () => ${condition};
  const painted = () => requestAnimationFrame(() => setTimeout(resolve));
  if (holds()) return painted();
  new MutationObserver((_, observer) => {
    if (!holds()) return;
    observer.disconnect();
    painted();
  }).observe(document, { subtree: true, childList: true, characterData: true });
})`;

const measure = async (site: BenchSite, tab: Tab, { steps }: Q1Size): Promise<Omit<Q1Run, 'slower'>> => {
  await tab.ask(`document.querySelector('.queue-table tbody tr').focus()`);
  const step = await costOf(tab, steps, async (i) => {
    await tab.press('ArrowDown');
    await tab.ask(until(`[...document.querySelectorAll('tbody tr')].indexOf(document.activeElement) === ${i + 1}`));
  });
  const slowestPaintMs = Math.max(16, await tab.ask<number>('Math.max(0, ...countersignKeys)'));
  await tab.ask(`scrollTo(0, 0)`);
  await sleep(1000);
  const some = Math.ceil(steps / 4);
  const change = await costOf(tab, some, () => moveSomebody(site, tab));
  const reading = await costOf(tab, some, () => growOlder(site, tab));
  return { step: { ...step, slowestPaintMs }, change, reading };
};

const costOf = async (tab: Tab, times: number, act: (i: number) => Promise<void>): Promise<Cost> => {
  await tab.ask('countersignLong.length = 0');
  const costs: number[] = [];
  for (let i = 0; i < times; i++) {
    const before = await tab.mainThreadMs();
    await act(i);
    costs.push((await tab.mainThreadMs()) - before);
  }
  // Long tasks are told after the fact.
  await sleep(500);
  return { mainThreadMs: spreadOf(costs), longestTaskMs: await tab.ask<number>('Math.max(0, ...countersignLong)') };
};

interface Row {
  readonly caseId: string;
  readonly version: number;
  readonly moves: readonly string[];
}

const room = 'R-7';

/* By another nurse: the first patient is called to a room, the next time back again. One row is drawn anew. */
const moveSomebody = async ({ desks: [, desk] }: BenchSite, tab: Tab): Promise<void> => {
  if (!desk) throw new Error('there is no second desk');
  const first = await tab.ask<string>(`document.querySelector('.queue-table tbody tr').dataset.key`);
  const { rows } = successOf<{ rows: Row[] }>(await desk.get('/api/triage/queue'));
  const row = rows.find(({ caseId }) => caseId === first);
  if (!row) throw new Error('the first patient is gone');
  const calling = row.moves.includes('call');
  const move = calling ? { move: 'call', room } : { move: 'return' };
  successOf(await desk.post(`/api/triage/cases/${first}/moves`, move, row.version));
  await tab.ask(
    until(`document.querySelector('tr[data-key="${first}"]').textContent.includes('${room}') === ${calling}`),
  );
};

/* All have waited a minute longer; the page is told that something is to be read again. */
const growOlder = async ({ ledger, superuser }: BenchSite, tab: Tab): Promise<void> => {
  const shown = await tab.ask<string>(`document.querySelector('.queue-table tbody .waited').textContent`);
  await runSql(
    superuser('countersign'),
    `update triage_case set clock_started_at = clock_started_at - interval '1 min'`,
  );
  await ledger.asOperator((tx) =>
    tx.query(
      `with c as (insert into change_feed (id, organisation_id, ward_id, topic, entity_id)
         values ($1, $2, $3, 'case', $1)) select pg_notify('countersign_change', '')`,
      [uuidv7(), ledger.organisationId, ledger.wardId],
    ),
  );
  await tab.ask(until(`document.querySelector('.queue-table tbody .waited').textContent !== ${JSON.stringify(shown)}`));
};
