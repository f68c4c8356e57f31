import { type Page } from '@playwright/test';
import { arrive, ledger, someName } from './support/desk';
import { expect, signInAt, test } from './support/fixtures';
import { chooseDesk, field, openIntake } from './support/intake';

const keptDesk = (page: Page) => page.evaluate(() => localStorage.getItem('countersign.desk'));
const signOut = async (page: Page): Promise<void> => {
  await page.locator('.frame-head button[aria-haspopup=dialog]').click();
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.locator('input[autocomplete=username]').waitFor();
};
const offers = (page: Page) => page.locator('.unsent-forms');

/* What lies in the browser's store of forms: as text, and whether a script could read the key. */
const stored = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<{ records: number; text: string; extractable: boolean | null }>((resolve, reject) => {
        const opening = indexedDB.open('countersign-forms');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          if (!opening.result.objectStoreNames.contains('kept'))
            return resolve({ records: 0, text: '', extractable: null });
          const kept = opening.result.transaction('kept').objectStore('kept');
          const [keys, values] = [kept.getAllKeys(), kept.getAll()];
          values.onsuccess = () => {
            const all = values.result as (CryptoKey | { sealed: ArrayBuffer })[];
            const key = all.find((one) => one instanceof CryptoKey);
            const sealed = all.flatMap((one) => ('sealed' in one ? [new TextDecoder().decode(one.sealed)] : []));
            opening.result.close();
            resolve({
              records: sealed.length,
              text: JSON.stringify(keys.result) + sealed.join(''),
              extractable: key?.extractable ?? null,
            });
          };
        };
      }),
  );

test.describe('the desk of a PC', () => {
  test('is asked for once, and stays with the PC whoever signs in next', async ({ signedIn }) => {
    const page = await signedIn('nurse1');
    await page.goto('/intake');
    await field(page, 'name').fill(someName());
    await field(page, 'name').press('Control+Enter');
    await expect(page.getByRole('alert')).toContainText('请选择分诊台');
    await expect(field(page, 'ward')).toBeFocused();
    await chooseDesk(page);
    await page.keyboard.press('Control+Enter');
    await expect(page).toHaveURL(/\/cases\//);
    const desk = await keptDesk(page);
    expect(desk).toMatch(/^[\w-]{36}$/);
    await signOut(page);
    await signInAt(page, 'nurse2');
    await page.goto('/intake');
    await expect(field(page, 'ward')).toHaveValue(desk ?? '');
    expect(await keptDesk(page)).toBe(desk);
  });

  test('is asked for before anybody goes straight to resus, with one more stroke', async ({ signedIn }) => {
    const page = await signedIn('nurse1');
    await page.goto('/queue');
    await page.goto('/intake');
    await page.getByRole('button', { name: /直接进抢救室/ }).click();
    const dialog = page.getByRole('dialog', { name: '患者到达哪个分诊台？' });
    await dialog.getByRole('button', { name: '急诊分诊台' }).click();
    await expect(page).toHaveURL(/\/cases\//);
    const caseId = new URL(page.url()).pathname.split('/').at(-1);
    const rows = await ledger(
      `select t.straight_to_resus resus, t.ward_id = w.id here from triage_case t join ward w on w.code = 'EDTR'
       where t.case_id = $1`,
      [caseId],
    );
    expect(rows).toEqual([{ resus: true, here: true }]);
    // From now on it is one stroke.
    await page.goto('/intake');
    await page.getByRole('button', { name: /直接进抢救室/ }).click();
    await expect(page).toHaveURL(/\/cases\//);
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });
});

test.describe('a registration that was not sent', () => {
  test('is offered again after the page was read anew, and goes on where it was', async ({ signedIn }) => {
    const name = someName();
    const page = await signedIn('nurse1');
    await openIntake(page);
    await field(page, 'name').fill(name);
    await field(page, 'complaint').fill('胸闷半天');
    await field(page, 'pulse').fill('104');
    await page.waitForTimeout(500); // as long as writing it down may take on a busy machine
    await page.reload();
    await expect(offers(page)).toContainText(name);
    await expect(field(page, 'name')).toHaveValue('');
    const kept = await stored(page);
    expect(kept.records).toBe(1);
    expect(kept.extractable).toBe(false);
    for (const secret of [name, '胸闷', '104']) expect(kept.text).not.toContain(secret);
    await page.getByRole('button', { name: '继续填写' }).click();
    await expect(field(page, 'name')).toHaveValue(name);
    await expect(field(page, 'complaint')).toHaveValue('胸闷半天');
    await expect(field(page, 'pulse')).toHaveValue('104');
    await expect(offers(page)).toHaveCount(0);
    await field(page, 'pulse').press('Control+Enter');
    await expect(page).toHaveURL(/\/reviews\//);
    await expect(page.locator('.review-head')).toContainText(name);
    await page.goto('/intake');
    await expect(field(page, 'name')).toBeFocused();
    await expect(offers(page)).toHaveCount(0);
    await expect.poll(async () => (await stored(page)).records).toBe(0);
  });

  test('waits while another patient is registered, and can be thrown away', async ({ signedIn }) => {
    const [first, second] = [someName(), someName()];
    const page = await signedIn('nurse1');
    await openIntake(page);
    await field(page, 'name').fill(first);
    // Somebody more urgent comes: she looks at the queue, and begins another form.
    await page.keyboard.press('Alt+1');
    await page.locator('.queue-metrics').waitFor();
    await page.keyboard.press('Alt+n');
    await expect(offers(page)).toContainText(first);
    await field(page, 'name').fill(second);
    await page.getByRole('button', { name: '继续填写' }).click();
    await expect(field(page, 'name')).toHaveValue(first);
    await expect(offers(page)).toContainText(second);
    await page.reload();
    await expect(offers(page)).toContainText(first);
    await expect(offers(page)).toContainText(second);
    await offers(page).getByRole('listitem').filter({ hasText: second }).getByRole('button', { name: '删除' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '删除' }).click();
    await expect(offers(page)).not.toContainText(second);
    await page.reload();
    await expect(offers(page)).toContainText(first);
    await expect(offers(page)).not.toContainText(second);
  });

  test('is gone with the sign-out, key and all, and another person never sees it', async ({ signedIn }) => {
    const name = someName();
    const page = await signedIn('nurse1');
    await openIntake(page);
    await field(page, 'name').fill(name);
    await expect.poll(async () => (await stored(page)).records).toBe(1);
    await signOut(page);
    expect(await stored(page)).toMatchObject({ records: 0, extractable: null });
    for (const login of ['nurse2', 'nurse1']) {
      await signInAt(page, login);
      await page.goto('/intake');
      await expect(field(page, 'name')).toBeFocused();
      await expect(offers(page)).toHaveCount(0);
      await signOut(page);
    }
  });
});

test.describe('an assessment that was not sent', () => {
  test('is offered again for its patient only, and is gone once it was sent', async ({ signedIn, nurse }) => {
    const [patient, other] = [await arrive(nurse), await arrive(nurse)];
    const page = await signedIn('nurse1');
    const formOf = (caseId: string) => page.goto(`/cases/${caseId}/reassess`);
    await formOf(patient.caseId);
    await field(page, 'pulse').fill('88');
    await field(page, 'spo2').fill('97');
    await expect.poll(async () => (await stored(page)).records).toBe(1);
    await page.waitForTimeout(500); // as long as writing it down may take on a busy machine
    await page.reload();
    await expect(offers(page)).toContainText('有 1 份未提交的评估');
    // What was measured at another time is not filled in by itself.
    await expect(field(page, 'pulse')).toHaveValue('');
    await formOf(other.caseId);
    await field(page, 'pulse').waitFor();
    await expect(offers(page)).toHaveCount(0);
    await formOf(patient.caseId);
    await page.getByRole('button', { name: '继续填写' }).click();
    await expect(field(page, 'pulse')).toHaveValue('88');
    await expect(field(page, 'spo2')).toHaveValue('97');
    await expect(offers(page)).toHaveCount(0);
    await page.getByRole('button', { name: '仅保存体征' }).click();
    await expect(page).not.toHaveURL(/reassess/);
    await expect.poll(async () => (await stored(page)).records).toBe(0);
  });
});
