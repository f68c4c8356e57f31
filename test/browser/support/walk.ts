import { type Page } from '@playwright/test';
import { done } from '#libs/api-client/door';
import { type Scene, type ScreenToShoot } from '../screens-to-shoot';
import { doorOf } from './desk';
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

/** Makes a person prefer this language: what they once chose goes before what their browser says. */
export const preferLanguage = async (login: string, locale: (typeof locales)[LocaleName]): Promise<void> => {
  const language = locale === 'en-US' ? 'en' : locale;
  const door = await doorOf(login);
  try {
    const { version, preferences } = done(await door.ask('get', '/api/me/preferences'));
    if (preferences.language === language) return;
    const body = { preferences: { ...preferences, language } } as never;
    done(await door.ask('put', '/api/me/preferences', { version, body }));
  } finally {
    await door.close();
  }
};

/** Opens a browser for this person, or for nobody, in this language. */
export const browserFor = async (
  { opened, signedIn }: Ways,
  login: ScreenToShoot['login'],
  { locale, ...options }: Opening & { readonly locale: (typeof locales)[LocaleName] },
): Promise<Page> => {
  if (login === null) return opened({ locale, ...options });
  await preferLanguage(login, locale);
  return signedIn(login, { locale, ...options });
};

/** Goes to a screen without reading the page anew, and waits until it is ready to be looked at. */
export const goToScreen = async (page: Page, screen: ScreenToShoot, scene: Scene): Promise<void> => {
  await page.evaluate((path) => {
    if (location.pathname === path) return;
    // The screen before stays until the next one is fetched, and may have what is waited for as well.
    document.querySelector('main > *')?.setAttribute('data-left', '');
    history.pushState({}, '', path);
    dispatchEvent(new PopStateEvent('popstate'));
  }, screen.path(scene));
  await page.locator('main > [data-left]').waitFor({ state: 'detached' });
  await page.locator(screen.ready).first().waitFor();
  await screen.prepare?.(page, scene);
  await page.evaluate(() => document.fonts.ready);
};

/** Turns the night shift on or off by the person's menu. */
export const setNightShift = async (page: Page, on: boolean): Promise<void> => {
  await page.locator('.frame-head button[aria-haspopup=dialog]').click();
  const night = page.locator('.person-menu [role=switch]').first();
  await night.waitFor();
  if ((await night.getAttribute('aria-checked')) !== String(on)) await night.click();
  await page.locator(on ? 'html[data-look=night]' : 'html:not([data-look=night])').waitFor({ state: 'attached' });
  await page.keyboard.press('Escape');
  await page.locator('.person-menu').waitFor({ state: 'hidden' });
};
