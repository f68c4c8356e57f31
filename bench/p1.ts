import { openNurseBrowser, type Tab } from './browser/tab';
import { rounded, type Spread, spreadOf } from './measure/statistics';
import { openSeed } from './seed/seeder';
import { type BenchSite } from './site/bench-site';

/** How much is measured, and in what browser. */
export interface P1Size {
  readonly chromium: string;
  readonly rounds: number;
  /** Patients in the queue. */
  readonly waiting: number;
  /** How many times slower than this machine. */
  readonly slower: number;
}

/** From the navigation of somebody who is signed in to the first patient on the screen, with nothing in the cache. */
export interface P1Result {
  readonly firstRowMs: Spread;
  /** Of that, processor time of the page's main thread: what is left when nobody else wants the processor. */
  readonly mainThreadMs: Spread;
  readonly requests: number;
  /** As they came over the network, the patients included. */
  readonly kilobytes: number;
}

/* Runs in the page. A frame in which the row stands in the page is painted before what is put off until after it. */
const seekRow = `(() => {
  const seek = () => {
    if (!document.querySelector('.queue-table tbody tr')) return requestAnimationFrame(seek);
    setTimeout(() => countersignTold(String(performance.now())));
  };
  requestAnimationFrame(seek);
})()`;

const loaded = `(() => {
  const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
  return { requests: all.length, kilobytes: all.reduce((sum, { transferSize }) => sum + transferSize, 0) / 1000 };
})()`;

interface Round extends Pick<P1Result, 'requests' | 'kilobytes'> {
  readonly firstRowMs: number;
  readonly mainThreadMs: number;
}

/** P1: opens the queue again and again, as a browser that has never seen it, on a slow machine. */
export const runP1 = async (site: BenchSite, size: P1Size, say: (line: string) => void): Promise<P1Result> => {
  const seed = await openSeed(site);
  // Of those who wait, a fifth are still being assessed.
  const assessing = Math.floor(size.waiting / 5);
  await seed({ waiting: size.waiting - assessing, assessing });
  const browser = await openNurseBrowser(site, size.chromium);
  const rounds: Round[] = [];
  for (let number = 0; number <= size.rounds; number++) {
    const tab = await browser.openTab(size.slower);
    const round = await openQueue(tab);
    await tab.close();
    // The first round warms the API and PostgreSQL up.
    if (number === 0) continue;
    rounds.push(round);
    say(`  round ${number}: ${rounded(round.firstRowMs, 0)} ms, ${rounded(round.mainThreadMs, 0)} of them at work`);
  }
  const last = rounds.at(-1);
  return {
    firstRowMs: spreadOf(rounds.map(({ firstRowMs }) => firstRowMs)),
    mainThreadMs: spreadOf(rounds.map(({ mainThreadMs }) => mainThreadMs)),
    requests: last?.requests ?? Number.NaN,
    kilobytes: last?.kilobytes ?? Number.NaN,
  };
};

const openQueue = async (tab: Tab): Promise<Round> => {
  await tab.prepare(seekRow);
  const seen = tab.told();
  const before = await tab.mainThreadMs();
  await tab.goTo('/queue');
  const firstRowMs = Number(await seen);
  const mainThreadMs = (await tab.mainThreadMs()) - before;
  return { firstRowMs, mainThreadMs, ...(await tab.ask<Pick<Round, 'requests' | 'kilobytes'>>(loaded)) };
};
