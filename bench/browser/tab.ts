import { type Browser, type CDPSession, chromium } from '@playwright/test';
import { type BenchSite } from '../site/bench-site';

/** A browser in which the first nurse of a site may open tabs. */
export interface NurseBrowser {
  /** Opens an empty tab with a cache of its own, so many times slower than this machine. */
  readonly openTab: (slower: number) => Promise<Tab>;
}

/** A tab, and what the benches ask of it. */
export interface Tab {
  readonly goTo: (path: string) => Promise<void>;
  readonly press: (key: string) => Promise<void>;
  /** The value of an expression in the page, awaited. Not bound by the page's policy, as a debugger is not. */
  readonly ask: <T>(expression: string) => Promise<T>;
  /** Runs in every page of the tab before anything of its own. */
  readonly prepare: (script: string) => Promise<void>;
  /** What the page tells by calling `countersignTold(text)`. */
  readonly told: () => Promise<string>;
  /** Processor time of the page's main thread so far, ms; what makes it slower counts. */
  readonly mainThreadMs: () => Promise<number>;
  readonly close: () => Promise<void>;
}

const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
const look = { locale: 'zh-CN', timezoneId: 'Asia/Shanghai', viewport: { width: 1280, height: 800 } } as const;

/** Starts a Chromium and signs the first nurse in. */
export const openNurseBrowser = async (site: BenchSite, executablePath: string): Promise<NurseBrowser> => {
  const browser = await chromium.launch({ executablePath, args });
  site.closing(() => browser.close());
  const baseURL = site.installation.addresses.api ?? '';
  const door = await browser.newContext({ ...look, baseURL });
  const answer = await door.request.post('/api/auth/login', { data: site.ledger.nurses[0] });
  if (!answer.ok()) throw new Error(`signing in was answered ${answer.status()}`);
  const storageState = await door.storageState();
  return { openTab: (slower) => openTab(browser, { ...look, baseURL, storageState }, slower) };
};

const patienceMs = 60_000;

/* What a page never answers would be waited for without an end. */
const within = async <T>(ms: number, what: string, waited: Promise<T>): Promise<T> => {
  let late: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_, reject) => {
    late = setTimeout(() => reject(new Error(`the page did not answer for ${ms / 1000} s: ${what}`)), ms);
  });
  try {
    return await Promise.race([waited, expired]);
  } finally {
    clearTimeout(late);
  }
};

const toldBy = (debug: CDPSession): Promise<string> =>
  new Promise((resolve) => debug.once('Runtime.bindingCalled', ({ payload }) => resolve(payload)));

const openTab = async (
  browser: Browser,
  options: Parameters<Browser['newContext']>[0],
  slower: number,
): Promise<Tab> => {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const debug = await context.newCDPSession(page);
  await debug.send('Performance.enable', { timeDomain: 'threadTicks' });
  await debug.send('Page.enable');
  await debug.send('Network.enable');
  await debug.send('Network.setCacheDisabled', { cacheDisabled: true });
  await debug.send('Runtime.enable');
  await debug.send('Runtime.addBinding', { name: 'countersignTold' });
  await debug.send('Emulation.setCPUThrottlingRate', { rate: slower });
  return {
    goTo: async (path) => void (await page.goto(path, { waitUntil: 'commit' })),
    press: (key) => page.keyboard.press(key),
    ask: async <T>(expression: string) => {
      const asking = debug.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
      const { result, exceptionDetails } = await within(patienceMs, expression, asking);
      if (exceptionDetails) throw new Error(`the page failed: ${exceptionDetails.text} in ${expression}`);
      return result.value as T;
    },
    prepare: async (script) => void (await debug.send('Page.addScriptToEvaluateOnNewDocument', { source: script })),
    told: () => within(patienceMs, 'what it was to tell', toldBy(debug)),
    mainThreadMs: async () => {
      const { metrics } = await debug.send('Performance.getMetrics');
      return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
    },
    close: () => context.close(),
  };
};
