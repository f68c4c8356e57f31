import { type Page } from '@playwright/test';
import { judge, lookAt, lookForDraft, signLevel } from '../../apps/cli/src/seed/desk';
import { type ApiDoor, done } from '#libs/api-client/door';
import { arrive, calmVitals, eventsOf, ledger, type Patient } from './support/desk';
import { expect, signInAt, test } from './support/fixtures';
import { passwordOf, theSite } from './support/site';

const dialog = (page: Page) => page.getByRole('dialog');
const nameOf = (login: string): string => theSite().logins.find(({ username }) => username === login)?.name ?? '';

/* Somebody whose level was signed below the floor: it waits for a second person. */
const signedBelow = async (nurse: ApiDoor): Promise<Patient> => {
  const patient = await arrive(nurse, { vitals: { ...calmVitals, systolic: 84, diastolic: 50, pulse: 134 } });
  await judge(nurse, patient.reviewId, 'IV');
  await lookForDraft(nurse, patient.reviewId);
  const shown = await lookAt(nurse, patient.reviewId);
  done(await signLevel(nurse, shown, { level: 'IV', reason: 'clinical-judgement' }));
  return patient;
};

const decisions = (reviewId: string) =>
  ledger<{ first: string; second: string | null }>(
    `select a.display_name as first, b.display_name as second from decision d join signature f on f.id = d.first_signature
     join app_user a on a.id = f.user_id left join signature s on s.id = d.second_signature
     left join app_user b on b.id = s.user_id where d.review_id = $1`,
    [reviewId],
  );

const openSecond = async (page: Page, reviewId: string): Promise<void> => {
  await page.goto(`/reviews/${reviewId}`);
  await page.locator('.first-signature').waitFor();
};

test.describe('a level below the floor', () => {
  test('is signed by a second person at another PC, who sees first what was signed and why', async ({
    signedIn,
    nurse,
  }) => {
    const patient = await signedBelow(nurse);
    const page = await signedIn('charge1');
    await page.goto('/reviews?list=second');
    await page.locator('.worklist li', { hasText: patient.name }).locator('a').click();
    await expect(page.locator('.first-signature')).toContainText(nameOf('nurse1'));
    await expect(page.locator('.first-signature')).toContainText('临床判断');
    const sign = page.locator('.action-bar .ant-btn-primary');
    await expect(sign).toBeDisabled();
    const password = page.locator('.review-desk input[type=password]');
    await password.fill('not-the-password');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('alert')).toContainText('密码不正确');
    expect(await decisions(patient.reviewId)).toEqual([]);
    await password.fill(passwordOf('charge1'));
    await page.keyboard.press('Control+Enter');
    await expect
      .poll(() => decisions(patient.reviewId))
      .toEqual([{ first: nameOf('nurse1'), second: nameOf('charge1') }]);
    await expect(page).not.toHaveURL(new RegExp(patient.reviewId));
  });

  test('is signed at the same PC: the first hands over, the second signs in and is where it waits', async ({
    signedIn,
    nurse,
  }) => {
    const patient = await signedBelow(nurse);
    const page = await signedIn('nurse1');
    await openSecond(page, patient.reviewId);
    await expect(page.locator('.action-bar')).toContainText('等待第二人会签');
    await page.getByRole('button', { name: '换人在本机会签' }).click();
    await dialog(page).getByRole('button', { name: '换人在本机会签' }).click();
    await page.locator('input[autocomplete=username]').waitFor();
    await expect(page.getByText(patient.name)).toHaveCount(0);
    await signInAt(page, 'doctor1');
    await expect(page).toHaveURL(new RegExp(patient.reviewId));
    await expect(page.locator('.first-signature')).toContainText(nameOf('nurse1'));
    await page.locator('.review-desk input[type=password]').fill(passwordOf('doctor1'));
    await page.keyboard.press('Control+Enter');
    await expect
      .poll(() => decisions(patient.reviewId))
      .toEqual([{ first: nameOf('nurse1'), second: nameOf('doctor1') }]);
  });

  test('is declined with a reason: the first signature is void, and its signer is told', async ({
    signedIn,
    nurse,
  }) => {
    const patient = await signedBelow(nurse);
    const first = await signedIn('nurse1');
    await openSecond(first, patient.reviewId);
    const page = await signedIn('charge1');
    await openSecond(page, patient.reviewId);
    await page.keyboard.press('Alt+x');
    await expect(dialog(page).getByRole('textbox')).toBeFocused();
    await page.keyboard.type('收缩压 84，不能是 Ⅳ 级');
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => eventsOf(patient.reviewId)).toContain('declined');
    expect(await decisions(patient.reviewId)).toEqual([]);
    expect(
      await ledger('select 1 from signature where review_id = $1 and voided_at is null', [patient.reviewId]),
    ).toEqual([]);
    await expect(first.locator('.level-choice')).toBeVisible();
    await expect(first).toHaveTitle(/^\(\d+\)/);
    await first.getByRole('tab', { name: '经过' }).click();
    await expect(first.locator('.review')).toContainText('收缩压 84，不能是 Ⅳ 级');
  });

  test('is taken back by its signer before the second signature (Alt+W)', async ({ signedIn, nurse }) => {
    const patient = await signedBelow(nurse);
    const second = await signedIn('charge1');
    await openSecond(second, patient.reviewId);
    await second.locator('.review-desk input[type=password]').fill('half typed');
    const page = await signedIn('nurse1');
    await openSecond(page, patient.reviewId);
    await page.keyboard.press('Alt+w');
    await dialog(page).getByRole('textbox').fill('看错了血压');
    await page.keyboard.press('Control+Enter');
    await expect(dialog(page)).toBeHidden();
    await expect(page.locator('.level-choice')).toBeVisible();
    expect(await eventsOf(patient.reviewId)).toContain('first-signature-withdrawn');
    // Whoever was about to sign second has nothing to sign any more.
    await expect(second.locator('.first-signature')).toHaveCount(0);
    await expect(second.locator('.level-choice')).toBeVisible();
    expect(await decisions(patient.reviewId)).toEqual([]);
  });
});
