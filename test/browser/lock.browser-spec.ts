import { type Page } from '@playwright/test';
import { arrive, ledger, someName } from './support/desk';
import { expect, signInAt, test } from './support/fixtures';
import { field, openIntake } from './support/intake';
import { passwordOf } from './support/site';

/* As long after the last key as a session may stay open: the server locks it, whatever the page does. */
const goIdle = async (page: Page, login: string): Promise<void> => {
  await ledger(
    `update session set last_seen_at = now() - interval '1 day'
     where user_id = (select id from app_user where login = $1)`,
    [login],
  );
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await page.locator('.lock').waitFor();
};

const unlock = async (page: Page, password: string): Promise<void> => {
  await page.locator('.lock input').fill(password);
  await page.keyboard.press('Enter');
};

test.describe('the lock', () => {
  test('hides a half-filled form and gives it back where it was; a wrong password says so', async ({ signedIn }) => {
    const name = someName();
    const page = await signedIn('doctor1');
    await openIntake(page);
    await field(page, 'name').fill(name);
    await field(page, 'complaint').fill('上腹痛');
    await field(page, 'pulse').fill('92');
    await goIdle(page, 'doctor1');
    await expect(page.locator('.lock input')).toBeFocused();
    for (const covered of ['name', 'complaint']) await expect(field(page, covered)).toBeHidden();
    await unlock(page, 'not-the-password');
    await expect(page.locator('.lock').getByRole('alert')).toContainText(/密码|工号/);
    await expect(page.locator('.lock input')).toHaveValue('');
    await expect(page.locator('.lock input')).toBeFocused();
    await unlock(page, passwordOf('doctor1'));
    await page.locator('.lock').waitFor({ state: 'detached' });
    await expect(page).toHaveURL(/\/intake$/);
    await expect(field(page, 'name')).toHaveValue(name);
    await expect(field(page, 'complaint')).toHaveValue('上腹痛');
    await expect(field(page, 'pulse')).toHaveValue('92');
    // Where she was: the next key goes into the field she left.
    await expect(field(page, 'pulse')).toBeFocused();
    await page.keyboard.press('Control+Enter');
    await expect(page).toHaveURL(/\/reviews\//);
  });

  test('keeps a dialog that was being written in, and the level beneath it', async ({ signedIn, nurse }) => {
    const patient = await arrive(nurse);
    const page = await signedIn('doctor1');
    await page.goto(`/reviews/${patient.reviewId}`);
    await page.locator('.level-choice').waitFor();
    await page.keyboard.press('3');
    await page.keyboard.press('Alt+e');
    const note = page.locator('.act-dialog textarea');
    await note.fill('请护士长看一眼');
    await goIdle(page, 'doctor1');
    await expect(note).toBeHidden();
    await page.keyboard.press('Control+Enter');
    await unlock(page, passwordOf('doctor1'));
    await page.locator('.lock').waitFor({ state: 'detached' });
    await expect(note).toHaveValue('请护士长看一眼');
    expect(
      await ledger(`select 1 from review_event where review_id = $1 and kind = 'escalated'`, [patient.reviewId]),
    ).toEqual([]);
    await note.press('Control+Enter');
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(page.locator('input[name=level]:checked')).toHaveValue('III');
  });

  test('is left by another person with nothing of the first: the form that was typed is gone', async ({ signedIn }) => {
    const name = someName();
    const page = await signedIn('doctor1');
    await openIntake(page);
    await field(page, 'name').fill(name);
    await goIdle(page, 'doctor1');
    await page.getByRole('button', { name: /换人登录/ }).click();
    await page.locator('input[autocomplete=username]').waitFor();
    await signInAt(page, 'nurse2');
    await page.goto('/intake');
    await expect(field(page, 'name')).toHaveValue('');
    await expect(page.locator('main')).not.toContainText(name);
  });

  test('comes back from a reload of the locked page with the form to go on with', async ({ signedIn }) => {
    const name = someName();
    const page = await signedIn('doctor1');
    await openIntake(page);
    await field(page, 'name').fill(name);
    await page.waitForTimeout(500); // as long as writing it down may take on a busy machine
    await goIdle(page, 'doctor1');
    await page.reload();
    await page.locator('.lock').waitFor();
    await expect(page.getByText(name)).toBeHidden();
    await unlock(page, passwordOf('doctor1'));
    await page.getByRole('button', { name: '继续填写' }).click();
    await expect(field(page, 'name')).toHaveValue(name);
  });
});
