import { arrive, ledger, setRollout } from './support/desk';
import { expect, test } from './support/fixtures';
import { theSite } from './support/site';

const decided = (reviewId: string) =>
  ledger<{ action: string }>('select action from decision where review_id = $1', [reviewId]);

test.describe('check 2: the model is off', () => {
  test.beforeAll(() => setRollout('off'));
  test.afterAll(() => setRollout('draft'));

  test('a level is found, chosen and signed by the keyboard alone', async ({ signedIn, nurse }) => {
    const patient = await arrive(nurse);
    const page = await signedIn('nurse1');
    const row = page.locator('.queue-table tbody tr', { hasText: patient.name });
    await row.waitFor();
    // Into the list by Tab, to the row by the arrow, in by Enter: no mouse anywhere.
    await page.locator('body').press('Tab');
    for (let step = 0; step < 40 && !(await page.locator('.queue-table tr:focus').count()); step += 1)
      await page.keyboard.press('Tab');
    for (let step = 0; step < 200 && !(await row.evaluate((line) => line === document.activeElement)); step += 1)
      await page.keyboard.press('ArrowDown');
    await expect(row).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`/reviews/${patient.reviewId}`));
    await expect(page.locator('.ai-ribbon')).toContainText('未启用模型草稿');
    await page.keyboard.press('3');
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => decided(patient.reviewId)).toEqual([{ action: 'manual' }]);
  });
});

test('check 2: the model does not answer, and the level is signed without it', async ({ signedIn, nurse }) => {
  for (const pid of theSite().modelPids) process.kill(pid, 'SIGSTOP');
  try {
    const patient = await arrive(nurse);
    const page = await signedIn('nurse1');
    await page.goto(`/reviews/${patient.reviewId}`);
    await page.locator('.level-choice').waitFor();
    await page.keyboard.press('2');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('heading', { name: '签署内容' })).toBeVisible();
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => decided(patient.reviewId)).toEqual([{ action: 'manual' }]);
  } finally {
    for (const pid of theSite().modelPids) process.kill(pid, 'SIGCONT');
  }
});
