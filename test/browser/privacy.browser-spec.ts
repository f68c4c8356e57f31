import { type Page } from '@playwright/test';
import { done } from '#libs/api-client/door';
import { type Patient, arrive, calmVitals, ledger } from './support/desk';
import { expect, signInAt, test } from './support/fixtures';
import { theSite } from './support/site';
import { tapWire } from './support/wire-tap';

const told = { complaint: '反复咯血伴夜间盗汗三月', phone: '13900001234' };

/* Everything that outlives a page, or can be read beside it. */
const keptBy = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const kept: unknown[] = [
      Object.entries(localStorage),
      Object.entries(sessionStorage),
      document.cookie,
      document.title,
      location.href,
    ];
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(new Error(name));
      });
      for (const store of database.objectStoreNames) {
        const reading = database.transaction(store).objectStore(store).getAll();
        kept.push(await new Promise((resolve) => (reading.onsuccess = () => resolve(reading.result))));
      }
      database.close();
    }
    for (const name of await caches.keys())
      for (const request of await (await caches.open(name)).keys()) kept.push(request.url);
    return JSON.stringify(kept);
  });

const signLevel = async (page: Page, { reviewId }: Patient): Promise<void> => {
  await page.goto(`/reviews/${reviewId}`);
  await page.locator('.level-choice').waitFor();
  await page.keyboard.press('3');
  await page.locator('.acuity-form textarea').fill(told.complaint);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: '签署内容' })).toBeVisible();
};

test.describe('P-1 in the browser', () => {
  test('nothing of a patient is stored, in a title, in an address or in a Referer', async ({ opened, nurse }) => {
    const tap = await tapWire(theSite().url);
    const patient = await arrive(nurse, told);
    const page = await opened({ url: tap.url });
    await signInAt(page, 'nurse1');
    const kept: string[] = [];
    await page.getByText(patient.name).waitFor();
    kept.push(await keptBy(page));
    // A row far down is text only until it comes near the screen.
    await page.getByText(patient.name).scrollIntoViewIfNeeded();
    await page.getByRole('link', { name: patient.name }).click();
    await signLevel(page, patient);
    kept.push(await keptBy(page));
    for (const text of kept) {
      expect(text).toContain('/');
      for (const secret of [patient.name, told.complaint, told.phone]) expect(text).not.toContain(secret);
    }
    // The first lines of requests, and their Referer: bodies are where patients belong.
    const heads = tap.asked().match(/^(?:GET|POST|PUT|DELETE) \S+|^referer: .*/gim) ?? [];
    expect(heads.length).toBeGreaterThan(10);
    for (const head of heads) {
      const plain = decodeURIComponent(head);
      for (const secret of [patient.name, told.complaint, told.phone]) expect(plain).not.toContain(secret);
      expect(head).not.toMatch(/^referer/i);
    }
    await tap.stop();
  });

  test('answers about patients may be kept by no cache', async ({ signedIn, nurse }) => {
    await arrive(nurse);
    const page = await signedIn('nurse1');
    const [answer] = await Promise.all([
      page.waitForResponse((one) => one.url().includes('/api/triage/queue')),
      page.reload(),
    ]);
    expect(answer.headers()['cache-control']).toContain('no-store');
  });
});

test.describe('A-4 in the browser', () => {
  test('no script reads the session, and no storage has it', async ({ signedIn }) => {
    const page = await signedIn('nurse1');
    const cookies = await page.context().cookies();
    const session = cookies.find(({ httpOnly }) => httpOnly);
    expect(session).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
    expect(await keptBy(page)).not.toContain(session?.value);
    expect(await page.evaluate(() => document.cookie)).toBe('');
  });

  test('after signing out nothing is shown and the old cookie opens nothing', async ({ signedIn, nurse }) => {
    const patient = await arrive(nurse);
    const page = await signedIn('nurse2');
    await page.getByText(patient.name).waitFor();
    const cookies = await page.context().cookies();
    await page.locator('.frame-head button[aria-haspopup=dialog]').click();
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.locator('input[autocomplete=username]').waitFor();
    await expect(page.getByText(patient.name)).toHaveCount(0);
    await page.context().addCookies(cookies);
    await page.goto(`/reviews/${patient.reviewId}`);
    await page.locator('input[autocomplete=username]').waitFor();
    await expect(page.getByText(patient.name)).toHaveCount(0);
  });

  test('a locked session shows nothing, hears no keys and no scans, and keeps what was entered', async ({
    signedIn,
    nurse,
  }) => {
    const patient = await arrive(nurse);
    const page = await signedIn('doctor1');
    await page.goto(`/reviews/${patient.reviewId}`);
    const note = page.locator('.acuity-form textarea');
    await note.fill('未完成的备注');
    await page.keyboard.press('Control+k');
    await page.locator('.palette').waitFor();
    await ledger(
      `update session set last_seen_at = now() - interval '1 day'
       where user_id = (select id from app_user where login = 'doctor1')`,
    );
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.locator('.lock').waitFor();
    await expect(page.locator('.palette')).toBeHidden();
    await expect(page.getByText(patient.name).first()).toBeHidden();
    await page.keyboard.press('Control+k');
    await expect(page.locator('.palette input')).toBeHidden();
    const doctor = theSite().logins.find(({ username }) => username === 'doctor1');
    await page.locator('.lock input').fill(doctor?.password ?? '');
    await page.keyboard.press('Enter');
    await page.locator('.lock').waitFor({ state: 'detached' });
    await expect(note).toHaveValue('未完成的备注');
  });
});

const hostile = [
  {
    what: 'markup',
    name: '<img src=x onerror=alert(1)>',
    complaint: '<script>document.title="owned"</script><b>痛</b>',
  },
  { what: 'a formula', name: '=HYPERLINK("http://x","y")', complaint: "+cmd|' /C calc'!A0 胸闷" },
  { what: 'text from right to left', name: '李\u202e明\u2066', complaint: '腹痛\u202e三天\u202d' },
  { what: 'control characters', name: '王\u0007芳', complaint: '头晕\u0000\u001b[31m红' },
  { what: 'markdown', name: '[点我](javascript:alert(1))', complaint: '![x](http://127.0.0.1:1/x.png) **晕**' },
] as const;

test.describe('F-6 in the browser', () => {
  for (const { what, name, complaint } of hostile)
    test(`a patient of ${what} is shown inert, or was refused`, async ({ signedIn, nurse }) => {
      const registered = await arrive(nurse, { name, complaint, vitals: calmVitals }).catch((thrown: Error) => thrown);
      if (registered instanceof Error) {
        expect(registered.message).toContain('400');
        return;
      }
      const page = await signedIn('nurse1');
      const foreign: string[] = [];
      page.on('request', (request) => {
        if (!request.url().startsWith(theSite().url)) foreign.push(request.url());
      });
      page.on('dialog', (dialog) => {
        foreign.push(dialog.message());
        void dialog.dismiss();
      });
      const { patient } = done(await nurse.ask('get', '/api/reviews/{id}', { path: { id: registered.reviewId } }));
      for (const path of ['/queue', `/reviews/${registered.reviewId}`]) {
        await page.goto(path);
        await page.locator(path === '/queue' ? '.queue-table' : '.level-choice').waitFor();
        // As text and nothing else: the very characters stand on the page, and made no element.
        expect(await page.locator('main').textContent()).toContain(patient.name ?? '');
        await expect(page.locator('main img, main script, main b >> text=痛')).toHaveCount(0);
        await expect(page.locator('main a[href^="javascript"], main a[href^="http"]')).toHaveCount(0);
        expect(await page.title()).not.toBe('owned');
      }
      // Turned text ends with its cell: what stands beside it is read as ever.
      if (what.startsWith('text')) {
        await page.goto('/queue');
        const cell = page.locator('.queue-table tbody tr', { hasText: '明' }).locator('a').first();
        expect(await cell.evaluate((link) => getComputedStyle(link).unicodeBidi)).toMatch(/isolate|plaintext/);
      }
      expect(foreign).toEqual([]);
    });
});
