import { type Page } from '@playwright/test';
import { type Scene, type ScreenToShoot } from '../screens-to-shoot';
import { type Opening } from './fixtures';

/** The ways a page can look. */
export const looks = ['light', 'dark', 'night'] as const;
export type LookName = (typeof looks)[number];

/** Languages as browsers say them. */
export const locales = { zh: 'zh-CN', en: 'en-US' } as const;
export type LocaleName = keyof typeof locales;

interface Ways {
  readonly opened: (options?: Opening) => Promise<Page>;
  readonly signedIn: (login: string, options?: Opening) => Promise<Page>;
}

/** Opens a browser for this person, or for nobody. */
export const browserFor = (
  { opened, signedIn }: Ways,
  login: ScreenToShoot['login'],
  options: Opening,
): Promise<Page> => (login === null ? opened(options) : signedIn(login, options));

/** Goes to a screen without reading the page anew, and waits until it is ready to be looked at. */
export const goToScreen = async (page: Page, screen: ScreenToShoot, scene: Scene): Promise<void> => {
  await page.evaluate((path) => {
    history.pushState({}, '', path);
    dispatchEvent(new PopStateEvent('popstate'));
  }, screen.path(scene));
  await page.locator(screen.ready).first().waitFor();
  await screen.prepare?.(page, scene);
  await page.evaluate(() => document.fonts.ready);
};

/** Turns the night shift on or off by the person's menu. */
export const setNightShift = async (page: Page, on: boolean): Promise<void> => {
  const opener = page.locator('.frame-head button[aria-haspopup=dialog]');
  await opener.click();
  const night = page.locator('.person-menu [role=switch]').first();
  await night.waitFor();
  if ((await night.getAttribute('aria-checked')) !== String(on)) await night.click();
  await page.locator(on ? 'html[data-look=night]' : 'html:not([data-look=night])').waitFor({ state: 'attached' });
  const menu = page.locator('.person-menu');
  await page.keyboard.press('Escape');
  // Where Escape does not close it, the button that opened it does.
  await menu.waitFor({ state: 'hidden', timeout: 1000 }).catch(() => opener.click());
  await menu.waitFor({ state: 'hidden' });
};
