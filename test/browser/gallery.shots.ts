import { type Page } from '@playwright/test';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { screensToShoot, type ScreenToShoot } from './screens-to-shoot';
import { startProxy } from '../support/proxy';
import { arrive } from './support/desk';
import { expect, signInAt, test } from './support/fixtures';
import { boardUp } from './support/boards';
import { newcomer } from './support/newcomer';
import { setScene } from './support/scene';
import { theSite } from './support/site';
import { smallPng } from './support/small-png';
import { browserFor, goToScreen, type LocaleName, locales, preferLanguage, setNightShift } from './support/walk';

const folder = join(__dirname, '../../docs/screens');
const looks = ['light', 'dark'] as const;
const shownLooks = [...looks, 'night'] as const;

const take = async (page: Page, of: { id: string; state: string; look: string; locale: string }): Promise<void> => {
  // What moves would make every picture another: the caret and what fades.
  await page.waitForTimeout(400);
  const file = `${[of.id, of.state, of.look, of.locale].join('-')}.png`;
  writeFileSync(join(folder, file), smallPng(await page.screenshot({ animations: 'disabled', caret: 'hide' })));
};

const chest = {
  complaint: '胸闷、胸痛两小时，活动后加重，伴出汗',
  vitals: {
    respiratoryRate: 22,
    spo2: 94,
    onOxygen: false,
    systolic: 148,
    diastolic: 92,
    pulse: 108,
    temperature: 36.9,
    consciousness: 'A',
  },
  name: '陆文远（演示）',
  birthDate: '1961-03-14',
};

/* As the API says it in each language. */
const unavailable = {
  zh: { code: 'DATABASE_UNAVAILABLE', title: '数据库暂时不可用，请稍后重试' },
  en: { code: 'DATABASE_UNAVAILABLE', title: 'PostgreSQL does not answer; repeat with the same Idempotency-Key' },
};

/* States that a screen is put into by what the API answers, or does not. */
const broken = async (page: Page, screen: ScreenToShoot, locale: LocaleName): Promise<void> => {
  await page.route(/\/api\/(triage|reviews)/, (route) => route.fulfill({ status: 503, json: unavailable[locale] }));
  await page.goto(screen.id === 'queue' ? '/queue' : '/reviews');
};

const emptied = async (page: Page, screen: ScreenToShoot): Promise<void> => {
  await page.route(/\/api\/(triage\/queue|reviews\?)/, async (route) => {
    const answer = await route.fetch();
    const body = (await answer.json()) as Record<string, unknown>;
    const metrics = { ...(body['metrics'] as object), waiting: 0, overLimit: 0, byLevel: {}, longestWaitSeconds: null };
    await route.fulfill({
      response: answer,
      json: { ...body, rows: [], items: [], next: null, ...(body['metrics'] ? { metrics } : {}) },
    });
  });
  await page.goto(screen.id === 'queue' ? '/queue' : '/reviews');
};

/* The own level is stored and the draft stands beside it: what comes next is the signature. */
const readyToSign = async (page: Page, reviewId: string): Promise<void> => {
  await page.goto(`/reviews/${reviewId}`);
  await page.locator('.level-choice').waitFor();
  await page.keyboard.press('3');
  await page.keyboard.press('Control+Enter');
  await page.locator('.review-draft').waitFor({ timeout: 30_000 });
};

/* The same nurse wrote at two PCs: the second is shown both. */
const writtenTwice = async (pages: readonly [Page, Page], reviewId: string): Promise<Page> => {
  for (const page of pages) {
    await page.goto(`/reviews/${reviewId}`);
    await page.locator('.level-choice').waitFor();
  }
  const [first, second] = pages;
  const kept = first.waitForResponse((answer) => answer.url().endsWith('/amendment') && answer.ok());
  await first.keyboard.press('3');
  await first.locator('.acuity-form textarea').fill('家属陪同，已通知胸痛中心');
  await kept;
  await second.keyboard.press('2');
  await second.locator('.acuity-form textarea').fill('独自来院，轮椅送入');
  await second.locator('.ant-modal-title').waitFor({ timeout: 20_000 });
  return second;
};

/* Two nurses sign at the same moment: whoever was second is told who decided. */
const signedTwice = async (pages: readonly [Page, Page], reviewId: string): Promise<Page> => {
  for (const page of pages) await readyToSign(page, reviewId);
  await Promise.all(pages.map((page) => page.keyboard.press('Control+Enter')));
  const told = pages.map((page) =>
    page
      .locator('.ant-modal-title')
      .waitFor({ timeout: 20_000 })
      .then(() => page),
  );
  return Promise.any(told);
};

test.beforeAll(() => mkdirSync(folder, { recursive: true }));

for (const look of looks)
  for (const locale of Object.keys(locales) as LocaleName[])
    test(`every screen, ${look}, ${locale}`, async ({ opened, signedIn, nurse }) => {
      const scene = await setScene(nurse, chest);
      const options = { colorScheme: look, locale: locales[locale] };
      const of = (id: string, state: string) => ({ id, state, look, locale });
      for (const login of new Set(screensToShoot.map((screen) => screen.login))) {
        const page = await browserFor({ opened, signedIn }, login, options);
        for (const screen of screensToShoot.filter((one) => one.login === login)) {
          await goToScreen(page, screen, scene);
          await take(page, of(screen.id, 'busy'));
        }
      }
      const page = await signedIn('nurse1', options);
      await readyToSign(page, scene.patient.reviewId);
      await take(page, of('review', 'draft'));
      await page.keyboard.press('Control+k');
      await page.locator('.palette').waitFor();
      await take(page, of('search', 'busy'));
      await page.keyboard.press('Escape');
      await page.locator('.palette').waitFor({ state: 'detached' });
      await page.locator('main').press('Shift+?');
      await page.locator('.key-sheet').first().waitFor();
      await take(page, of('keys', 'busy'));
      await page.keyboard.press('Escape');
      for (const id of ['queue', 'reviews']) {
        const screen = screensToShoot.find((one) => one.id === id)!;
        const [failing, empty] = [await signedIn('nurse1', options), await signedIn('nurse1', options)];
        await broken(failing, screen, locale);
        await failing.locator('[role=alert]').first().waitFor({ timeout: 30_000 });
        await take(failing, of(id, 'error'));
        await emptied(empty, screen);
        await empty.locator('main h1').waitFor();
        await take(empty, of(id, 'empty'));
      }
      const [again, other] = [await signedIn('nurse1', options), await signedIn('nurse2', options)];
      const written = await writtenTwice([page, again], (await arrive(nurse, chest)).reviewId);
      await take(written, of('review', 'conflict'));
      const late = await signedTwice([again, other], (await arrive(nurse, chest)).reviewId);
      await take(late, of('review', 'late'));
    });

test('offline, in each look and language', async ({ opened, nurse }) => {
  const { reviewId } = await arrive(nurse, chest);
  for (const look of looks)
    for (const locale of Object.keys(locales) as LocaleName[]) {
      await preferLanguage('nurse1', locales[locale]);
      const proxy = await startProxy(() => Number(new URL(theSite().url).port));
      const url = `http://127.0.0.1:${proxy.port}`;
      const page = await opened({ url, locale: locales[locale], colorScheme: look });
      await signInAt(page, 'nurse1');
      await page.goto(`/reviews/${reviewId}`);
      await page.locator('.level-choice').waitFor();
      proxy.admit(false);
      proxy.cutAll();
      await page.locator('.ribbon').waitFor({ timeout: 20_000 });
      await take(page, { id: 'review', state: 'offline', look, locale });
      await proxy.stop();
    }
});

test('at night, in both languages', async ({ signedIn, nurse }) => {
  const { reviewId } = await arrive(nurse, chest);
  for (const locale of Object.keys(locales) as LocaleName[]) {
    await preferLanguage('nurse1', locales[locale]);
    const page = await signedIn('nurse1', { locale: locales[locale] });
    await setNightShift(page, true);
    await page.goto('/queue');
    await page.locator('.queue-table').waitFor();
    await take(page, { id: 'queue', state: 'busy', look: 'night', locale });
    await readyToSign(page, reviewId);
    await take(page, { id: 'review', state: 'draft', look: 'night', locale });
    await setNightShift(page, false);
  }
});

test('the boards on the walls, in both languages', async ({ opened }) => {
  for (const kind of ['public-queue', 'staff-wallboard'] as const) {
    const board = await boardUp(kind);
    for (const locale of Object.keys(locales) as LocaleName[]) {
      const page = await opened();
      await page.goto(board.path.replace('#', locale === 'en' ? '?lang=en#' : '#'));
      await page.locator('.wall-content').waitFor();
      await take(page, { id: kind, state: 'busy', look: 'light', locale });
    }
    await board.takeDown();
  }
});

test('a first password, in each look and language', async ({ opened }) => {
  const { login, temporaryPassword } = await newcomer('新来的护士（演示）');
  for (const look of looks)
    for (const locale of Object.keys(locales) as LocaleName[]) {
      const page = await opened({ locale: locales[locale], colorScheme: look });
      await page.locator('input[autocomplete=username]').fill(login);
      await page.locator('input[autocomplete=current-password]').fill(temporaryPassword);
      await page.keyboard.press('Enter');
      await page.locator('input[autocomplete=new-password]').first().waitFor();
      await take(page, { id: 'first-password', state: 'busy', look, locale });
    }
});

const captions: Readonly<Record<string, string>> = {
  busy: '',
  draft: 'the own level is stored, the draft is revealed',
  error: 'the API does not answer as it should',
  empty: 'nothing waits',
  offline: 'the network is away',
  conflict: 'the same nurse wrote at two PCs',
  late: 'somebody else signed first',
};

/* What stands beside the screens of the list. */
const besides = ['search', 'keys', 'public-queue', 'staff-wallboard', 'first-password'];

test('the gallery says what it shows, and is small', () => {
  const known = new Set([...screensToShoot.map(({ id }) => id), ...besides]);
  const shots = readdirSync(folder)
    .toSorted()
    .flatMap((file) => {
      const [, id = '', state = '', look = '', locale = ''] = /^(.+)-(\w+)-(\w+)-(\w+)\.png$/.exec(file) ?? [];
      return id === '' ? [] : [{ id, state, look, locale, file }];
    });
  shots.filter(({ id }) => !known.has(id)).forEach(({ file }) => rmSync(join(folder, file)));
  const kept = shots.filter(({ id }) => known.has(id));
  const parts = [...new Set(kept.map(({ id, state }) => `${id}-${state}`))].map((name) => {
    const own = kept.filter(({ id, state }) => `${id}-${state}` === name);
    const image = (look: string, locale: string): string => {
      const shot = own.find((one) => one.look === look && one.locale === locale);
      return shot ? `![${name}, ${look}, ${locale}](${shot.file})` : '';
    };
    const rows = shownLooks
      .filter((look) => own.some((one) => one.look === look))
      .map((look) => `| ${image(look, 'zh')} | ${image(look, 'en')} |`);
    const { id = '', state = '' }: Partial<(typeof own)[number]> = own[0] ?? {};
    const caption = captions[state] ? `: ${captions[state]}` : '';
    return `## ${id}${caption}\n\n| 中文 | English |\n| --- | --- |\n${rows.join('\n')}\n`;
  });
  const opening =
    '# The screens\n\nTaken by `npm run shots` from the running product with its demo hospital; every name in it is made up.\n';
  writeFileSync(join(folder, 'README.md'), `${opening}\n${parts.join('\n')}`);
  const sizes = kept.map(({ file }) => statSync(join(folder, file)).size);
  expect(sizes.length).toBeGreaterThan(screensToShoot.length);
  expect(Math.max(...sizes)).toBeLessThan(120_000);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(7_000_000);
});
