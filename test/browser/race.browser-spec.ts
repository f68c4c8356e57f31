import { type Page } from '@playwright/test';
import { arrive, ledger } from './support/desk';
import { expect, test } from './support/fixtures';
import { theSite } from './support/site';

const ready = async (page: Page, reviewId: string, level: string): Promise<void> => {
  await page.goto(`/reviews/${reviewId}`);
  await page.locator('.level-choice').waitFor();
  await page.keyboard.press(level);
  await page.keyboard.press('Control+Enter');
  await page.locator('.review-draft').waitFor();
};

test('check 5: two nurses sign the same review, one decides and the other is told who did', async ({
  signedIn,
  nurse,
}) => {
  const patient = await arrive(nurse);
  const pages = [await signedIn('nurse1'), await signedIn('nurse2')] as const;
  for (const page of pages) await ready(page, patient.reviewId, '4');
  const answers: number[] = [];
  for (const page of pages)
    page.on('response', (answer) => {
      if (answer.url().endsWith(`/reviews/${patient.reviewId}/decisions`)) answers.push(answer.status());
    });
  // Both press at once: neither page has heard of the other.
  await Promise.all(pages.map((page) => page.keyboard.press('Control+Enter')));
  await expect.poll(() => answers.length).toBe(2);
  expect(answers.toSorted()).toEqual([201, 409]);
  const rows = await ledger<{ name: string }>(
    `select display_name name from decision d join app_user u on u.id = d.decided_by where review_id = $1`,
    [patient.reviewId],
  );
  expect(rows).toHaveLength(1);
  const logins = theSite().logins;
  const winner = rows[0]?.name ?? '';
  expect(logins.map(({ name }) => name)).toContain(winner);
  const loser = logins.find(({ username }) => username === 'nurse1')?.name === winner ? pages[1] : pages[0];
  await expect(loser.locator('main')).toContainText(winner);
});
