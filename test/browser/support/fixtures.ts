import { test as base, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test';
import { type ApiDoor } from '#libs/api-client/door';
import { doorOf, forgetPreferences } from './desk';
import { passwordOf, theSite } from './site';

/** How a browser is opened: anything of Playwright's, and another way to the API than the straight one. */
export interface Opening extends BrowserContextOptions {
  readonly url?: string;
}

interface Fixtures {
  /** Opens a browser of its own at the sign-in page. */
  readonly opened: (options?: Opening) => Promise<Page>;
  /** Opens a browser of its own in which this person is signed in. */
  readonly signedIn: (login: string, options?: Opening) => Promise<Page>;
  /** A nurse at the API, for what a spec needs and does not test. */
  readonly nurse: ApiDoor;
  /** What the pages complained of; any of it fails the test. */
  readonly complaints: string[];
}

/* Answers of 4xx and lost connections are told on the console by Chromium itself; the specs cause them on purpose. */
const expected = /^Failed to load resource: /;

const listen = (context: BrowserContext, complaints: string[]): void => {
  context.on('console', (message) => {
    if (message.type() === 'error' && !expected.test(message.text())) complaints.push(message.text());
  });
  context.on('weberror', (thrown) => void complaints.push(String(thrown.error())));
};

/** Signs in at the page that is open. */
export const signInAt = async (page: Page, login: string): Promise<void> => {
  await page.locator('input[autocomplete=username]').fill(login);
  await page.locator('input[autocomplete=current-password]').fill(passwordOf(login));
  await page.keyboard.press('Enter');
  await page.locator('.frame').waitFor();
};

/** The tests of the browser: a test fails on whatever a page complains of, above all of its content security policy. */
export const test = base.extend<Fixtures>({
  complaints: [
    async ({}, use) => {
      const complaints: string[] = [];
      await use(complaints);
      base.expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
  opened: async ({ browser, complaints }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async ({ url, ...options } = {}) => {
      const context = await browser.newContext({ baseURL: url ?? theSite().url, ...options });
      contexts.push(context);
      listen(context, complaints);
      const page = await context.newPage();
      await page.goto('/');
      return page;
    });
    for (const context of contexts) await context.close();
  },
  signedIn: async ({ opened }, use) => {
    await use(async (login, options) => {
      const page = await opened(options);
      await signInAt(page, login);
      return page;
    });
    // The next spec finds the product as this one did.
    await forgetPreferences();
  },
  nurse: async ({}, use) => {
    const door = await doorOf('nurse1');
    await use(door);
    await door.close();
  },
});

export { expect } from '@playwright/test';
