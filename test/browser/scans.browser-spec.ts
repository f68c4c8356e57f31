import { type Page } from '@playwright/test';
import { type Scene, screensToShoot } from './screens-to-shoot';
import { arrive, ledger } from './support/desk';
import { expect, test } from './support/fixtures';
import { setScene } from './support/scene';
import { goToScreen } from './support/walk';

const wristband = '2ZY00412345';
const search = (page: Page) => page.locator('.palette input');

/* As a scanner does: by the machine, whatever the pace of the test. */
const scan = async (page: Page, text = wristband): Promise<void> => {
  const client = await page.context().newCDPSession(page);
  // Each key carries its own time, so that fifteen milliseconds stay fifteen on a machine that is busy.
  const start = Date.now() / 1000;
  const keys = Array.from(text, (key) => ({ key, text: key })).concat({ key: 'Enter', text: '\r' });
  const sent = keys.flatMap(({ key, text: typed }, index) => {
    const timestamp = start + index * 0.015;
    const code = key === 'Enter' ? 13 : key.toUpperCase().charCodeAt(0);
    const press = { key, code: key, windowsVirtualKeyCode: code, timestamp };
    return [
      client.send('Input.dispatchKeyEvent', { type: 'keyDown', text: typed, ...press }),
      client.send('Input.dispatchKeyEvent', { type: 'keyUp', ...press, timestamp: timestamp + 0.005 }),
    ];
  });
  await Promise.all(sent);
  await client.detach();
};

/* What people did with the patient. */
const acts = ({ patient }: Scene): Promise<unknown> =>
  ledger(
    `select (select count(*) from decision where review_id = $1) decisions,
            (select count(*) from judgement where review_id = $1) judgements,
            (select count(*) from case_move where case_id = $2) moves`,
    [patient.reviewId, patient.caseId],
  );

const desk = screensToShoot.filter(({ login }) => login === 'nurse1');

test.describe('check 3: a scan', () => {
  for (const screen of desk)
    test(`opens the search on ${screen.id}, and acts on nothing that has the focus`, async ({ signedIn, nurse }) => {
      const scene = await setScene(nurse);
      const page = await signedIn('nurse1');
      await goToScreen(page, screen, scene);
      const before = await acts(scene);
      const url = page.url();
      const stops = await page
        .locator('main a, main button, main input:not([type=hidden]), main textarea, main [tabindex="0"]')
        .all();
      for (const stop of stops.slice(0, 8)) {
        if (!(await stop.isVisible())) continue;
        await stop.focus();
        await scan(page);
        await expect(search(page)).toHaveValue(wristband);
        await page.keyboard.press('Escape');
        await search(page).waitFor({ state: 'detached' });
        expect(page.url()).toBe(url);
      }
      expect(await acts(scene)).toEqual(before);
      await expect(page.locator('.ant-message-notice')).toHaveCount(0);
    });

  test('leaves nothing in a field, and chooses no level', async ({ signedIn, nurse }) => {
    const { reviewId } = await arrive(nurse);
    const page = await signedIn('nurse1');
    await page.goto(`/reviews/${reviewId}`);
    const note = page.locator('.acuity-form textarea');
    await note.fill('家属陪同');
    await scan(page);
    await expect(search(page)).toHaveValue(wristband);
    await page.keyboard.press('Escape');
    await expect(note).toHaveValue('家属陪同');
    await page.locator('input[name=level]').first().focus();
    await scan(page);
    await expect(search(page)).toHaveValue(wristband);
    await page.keyboard.press('Escape');
    await expect(page.locator('input[name=level]:checked')).toHaveCount(0);
    // What a person types still does.
    await page.locator('input[name=level]').first().focus();
    await page.keyboard.press('2');
    await expect(page.locator('input[name=level]:checked')).toHaveValue('II');
  });

  test('signs nobody in', async ({ opened }) => {
    const page = await opened();
    const attempts: string[] = [];
    page.on('request', (request) => request.method() === 'POST' && attempts.push(request.url()));
    const login = page.locator('input[autocomplete=username]');
    await login.focus();
    await scan(page);
    await expect(login).toHaveValue('');
    await page.locator('input[autocomplete=current-password]').fill('x');
    await scan(page);
    await expect(page.locator('input[autocomplete=current-password]')).toHaveValue('x');
    expect(attempts).toEqual([]);
  });
});

test('the keys of the sheet and the search work, and are told on it', async ({ signedIn }) => {
  const page = await signedIn('nurse1');
  await page.locator('.queue-metrics').waitFor();
  await page.locator('main').press('Shift+?');
  await expect(page.locator('.key-sheet').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await page.locator('.key-sheet').first().waitFor({ state: 'detached' });
  await page.locator('main').press('/');
  await expect(search(page)).toBeFocused();
  await expect(search(page)).toHaveValue('');
});

test('check 3: the composition of Chinese text triggers nothing', async ({ signedIn, nurse }) => {
  const scene = await setScene(nurse);
  const page = await signedIn('nurse1');
  await page.goto(`/reviews/${scene.patient.reviewId}`);
  await page.locator('.level-choice').waitFor();
  const before = await acts(scene);
  const note = page.locator('.acuity-form textarea');
  await note.focus();
  const client = await page.context().newCDPSession(page);
  // Letters, the digits that choose a candidate, and the Enter that takes the letters as they are.
  for (const key of ['j', 'k', '2', '/', 'Enter'])
    await client.send('Input.dispatchKeyEvent', {
      type: 'rawKeyDown',
      key: 'Process',
      code: key,
      windowsVirtualKeyCode: 229,
    });
  await client.send('Input.imeSetComposition', { text: 'xiongtong', selectionStart: 9, selectionEnd: 9 });
  await page.locator('.acuity-form textarea').evaluate((field) => {
    for (const key of ['Enter', '2', '/'])
      field.dispatchEvent(
        new KeyboardEvent('keydown', { key, isComposing: true, bubbles: true, ctrlKey: key === 'Enter' }),
      );
  });
  await client.send('Input.insertText', { text: '胸痛' });
  await expect(note).toHaveValue('胸痛');
  await expect(search(page)).toHaveCount(0);
  await expect(page.locator('input[name=level]:checked')).toHaveCount(0);
  expect(await acts(scene)).toEqual(before);
});
