import AxeBuilder from '@axe-core/playwright';
import { type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { screensToShoot } from './screens-to-shoot';
import { expect, test } from './support/fixtures';
import { setScene } from './support/scene';
import { browserFor, goToScreen, type LocaleName, locales, looks, setNightShift } from './support/walk';

const logins = [...new Set(screensToShoot.map(({ login }) => login))];

test('the proof walks every screen of the product', () => {
  const registry = readFileSync(join(__dirname, '../../apps/web/src/app/screens.ts'), 'utf8');
  const ids = [...registry.matchAll(/^\s+id: '([\w-]+)',$/gm)].map(([, id]) => id);
  expect(ids.length).toBeGreaterThanOrEqual(3);
  expect(screensToShoot.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
});

/* What axe holds against the page as it stands. */
const faults = async (page: Page): Promise<string[]> => {
  // The page's policy lets in no script by its text: axe comes through the debugger, which it does not bind.
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
};

for (const locale of Object.keys(locales) as LocaleName[])
  test(`check 7: axe finds nothing serious on any screen in any look, ${locale}`, async ({
    opened,
    signedIn,
    nurse,
  }) => {
    test.setTimeout(600_000);
    const scene = await setScene(nurse);
    for (const login of logins) {
      const page = await browserFor({ opened, signedIn }, login, { locale: locales[locale] });
      // The night shift is the desk's.
      for (const look of looks.filter((one) => one !== 'night' || login === 'nurse1')) {
        // Colours are looked at as they end, not on their way.
        await page.emulateMedia({ colorScheme: look === 'light' ? 'light' : 'dark', reducedMotion: 'reduce' });
        if (look === 'night') await setNightShift(page, true);
        for (const screen of screensToShoot.filter((one) => one.login === login)) {
          await goToScreen(page, screen, scene);
          expect.soft(await faults(page), `${screen.id} ${look} ${locale}`).toEqual([]);
        }
        if (look === 'night') await setNightShift(page, false);
      }
    }
  });
