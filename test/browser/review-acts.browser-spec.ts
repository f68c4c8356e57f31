import { type Page } from '@playwright/test';
import { done } from '#libs/api-client/door';
import { arrive, doorOf, eventsOf, ledger, signed } from './support/desk';
import { expect, test } from './support/fixtures';
import { theSite } from './support/site';

const dialog = (page: Page) => page.getByRole('dialog');

const openReview = async (page: Page, reviewId: string): Promise<void> => {
  await page.goto(`/reviews/${reviewId}`);
  await page.locator('.level-choice').waitFor();
  await expect(page.getByRole('button', { name: /^上报/ })).toBeEnabled();
};

const nameOf = (login: string): string => theSite().logins.find(({ username }) => username === login)?.name ?? '';

test.describe('what is done with a review beside signing it', () => {
  test('Alt+E tells the next in the chain, with a note, once', async ({ signedIn, nurse }) => {
    const patient = await arrive(nurse);
    const page = await signedIn('nurse1');
    await openReview(page, patient.reviewId);
    await page.keyboard.press('2');
    await page.keyboard.press('Alt+e');
    await expect(dialog(page).getByRole('textbox')).toBeFocused();
    await expect(dialog(page).locator('.ant-btn-primary')).toBeDisabled();
    await page.keyboard.type('血压测不出，请来看');
    // Enter alone is a new line: a scanner types it.
    await page.keyboard.press('Enter');
    await expect(dialog(page)).toBeVisible();
    await page.keyboard.press('Control+Enter');
    await expect(dialog(page)).toBeHidden();
    await expect(page.getByText('已上报')).toBeVisible();
    await expect.poll(() => eventsOf(patient.reviewId)).toContain('escalated');
    // Ctrl+Enter of the dialog signed nothing beneath it, and what was chosen stands.
    expect(await ledger('select 1 from judgement where review_id = $1', [patient.reviewId])).toEqual([]);
    await expect(page.locator('input[name=level]:checked')).toHaveValue('II');
    const told = await ledger<{ audience: string }>(
      `select audience from notice where review_id = $1 and kind = 'review-escalated'`,
      [patient.reviewId],
    );
    expect(told).toHaveLength(1);
  });

  test('Alt+H puts it off: the queue asks on the review, which comes back at its time', async ({ signedIn, nurse }) => {
    const patient = await arrive(nurse);
    const page = await signedIn('nurse1');
    const row = page.locator('.queue-table tbody tr', { hasText: patient.name });
    await row.focus();
    await page.keyboard.press('Alt+h');
    await expect(page).toHaveURL(new RegExp(`/reviews/${patient.reviewId}$`));
    await expect(dialog(page)).toContainText('多久以后处理');
    await dialog(page).getByLabel('20 分钟', { exact: true }).check();
    await expect(dialog(page)).toContainText('回到列表');
    await dialog(page).getByLabel('说明（必填）').fill('等家属到');
    await page.keyboard.press('Control+Enter');
    await expect(page).not.toHaveURL(new RegExp(patient.reviewId));
    const [kept] = await ledger<{ minutes: number }>(
      'select extract(epoch from deferred_until - now()) / 60 minutes from review where id = $1',
      [patient.reviewId],
    );
    expect(Math.round(Number(kept?.minutes))).toBeGreaterThanOrEqual(19);
    expect(Math.round(Number(kept?.minutes))).toBeLessThanOrEqual(20);
    await page.goto('/reviews?list=deferred');
    await expect(page.locator('.worklist li', { hasText: patient.name })).toContainText('回到列表');
    await page.goto('/reviews?list=open');
    await page.locator('.worklist').waitFor();
    await expect(page.locator('.worklist ol li', { hasText: patient.name })).toHaveCount(0);
  });

  test('a refusal stays in the dialog, with what was typed, and Escape gives the page back', async ({
    signedIn,
    nurse,
  }) => {
    const patient = await arrive(nurse);
    const page = await signedIn('nurse1');
    await openReview(page, patient.reviewId);
    await page.keyboard.press('Alt+h');
    const note = dialog(page).getByLabel('说明（必填）');
    await dialog(page).getByLabel('30 分钟', { exact: true }).check();
    await note.fill('去做心电图');
    const other = await doorOf('nurse2');
    done(await other.ask('post', '/api/reviews/{id}/claim', { path: { id: patient.reviewId } }));
    await page.keyboard.press('Control+Enter');
    await expect(dialog(page).getByRole('alert')).toBeVisible();
    await expect(note).toHaveValue('去做心电图');
    await expect(dialog(page).getByLabel('30 分钟', { exact: true })).toBeChecked();
    expect(await eventsOf(patient.reviewId)).not.toContain('deferred');
    done(await other.ask('post', '/api/reviews/{id}/release', { path: { id: patient.reviewId } }));
    await other.close();
    await page.keyboard.press('Control+Enter');
    await expect(dialog(page)).toBeHidden();
    expect(await eventsOf(patient.reviewId)).toContain('deferred');
    await openReview(page, patient.reviewId);
    await page.keyboard.press('Alt+h');
    await dialog(page).waitFor();
    await page.keyboard.press('Escape');
    await expect(dialog(page)).toBeHidden();
    await expect(page).toHaveURL(new RegExp(patient.reviewId));
  });

  test('what was being typed to somebody is not lost when the review is decided meanwhile', async ({
    signedIn,
    nurse,
  }) => {
    const patient = await arrive(nurse);
    const page = await signedIn('nurse2');
    await openReview(page, patient.reviewId);
    await page.keyboard.press('Alt+e');
    const note = dialog(page).getByRole('textbox');
    await note.fill('家属说昨夜曾晕厥，请来看');
    await signed(nurse, patient, 'III');
    await expect(page.locator('.review-desk')).toContainText('已签署');
    await expect(note).toHaveValue('家属说昨夜曾晕厥，请来看');
    await page.keyboard.press('Control+Enter');
    await expect(dialog(page).getByRole('alert')).toBeVisible();
    await expect(note).toHaveValue('家属说昨夜曾晕厥，请来看');
    expect(await eventsOf(patient.reviewId)).not.toContain('escalated');
  });

  test('Alt+R asks for another draft by numbered notes, and says what became of each', async ({ signedIn, nurse }) => {
    const patient = await arrive(nurse);
    const page = await signedIn('nurse1');
    await openReview(page, patient.reviewId);
    await page.keyboard.press('3');
    await page.keyboard.press('Control+Enter');
    await page.locator('.review-draft .ai-ribbon, .review-draft').first().waitFor();
    await page.locator('.acuity-form textarea').fill('本人备注');
    await page.keyboard.press('Alt+r');
    await dialog(page).getByLabel('第 1 条内容').fill('请写明去哪个诊区');
    await dialog(page).getByRole('button', { name: '再加一条' }).click();
    await dialog(page).getByLabel('第 2 条内容').fill('理由写得更短');
    await page.keyboard.press('Control+Enter');
    await expect(dialog(page)).toBeHidden();
    const outcomes = page.locator('.redraft-outcomes tbody tr');
    await expect(outcomes).toHaveCount(2);
    await expect(outcomes.first()).toContainText('请写明去哪个诊区');
    await expect(outcomes.first()).toContainText('第 2 稿', { timeout: 30_000 });
    await expect(outcomes.nth(1)).toContainText('第 2 稿');
    await expect(page.locator('.acuity-form textarea')).toHaveValue('本人备注');
    const versions = await ledger<{ version: number }>(
      'select version from draft where review_id = $1 order by version',
      [patient.reviewId],
    );
    expect(versions.map(({ version }) => version)).toEqual([1, 2]);
  });

  test('what another person holds cannot be signed, and the page says who holds it and until when', async ({
    signedIn,
    nurse,
  }) => {
    const patient = await arrive(nurse);
    const page = await signedIn('nurse1');
    await openReview(page, patient.reviewId);
    await page.keyboard.press('3');
    const second = await signedIn('nurse2');
    await openReview(second, patient.reviewId);
    await second.keyboard.press('Alt+l');
    await expect(second.locator('.action-bar')).toContainText('本人处理中');
    await expect(page.locator('.action-bar')).toContainText(`${nameOf('nurse2')} 处理中，至`);
    await expect(page.locator('.action-bar .ant-btn-primary')).toBeDisabled();
    await page.keyboard.press('Control+Enter');
    expect(await ledger('select 1 from judgement where review_id = $1', [patient.reviewId])).toEqual([]);
    await second.keyboard.press('Alt+g');
    await expect(page.locator('.action-bar .ant-btn-primary')).toBeEnabled();
    await expect(page.locator('input[name=level]:checked')).toHaveValue('III');
    await page.keyboard.press('Control+Enter');
    await page.locator('.review-draft').waitFor();
    expect(await eventsOf(patient.reviewId)).toEqual(expect.arrayContaining(['claimed', 'released']));
  });
});
