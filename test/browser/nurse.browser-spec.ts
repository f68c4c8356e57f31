import { type Page } from '@playwright/test';
import { arrive, ledger } from './support/desk';
import { expect, test } from './support/fixtures';

/* Presses keys and counts them; a chord is one. */
const counting = (page: Page) => {
  let pressed = 0;
  return {
    press: async (key: string): Promise<void> => {
      pressed += 1;
      await page.keyboard.press(key);
    },
    pressed: () => pressed,
  };
};

test('check 12: from the list to the signature in six keystrokes at most', async ({ signedIn, nurse }) => {
  const patient = await arrive(nurse);
  const page = await signedIn('nurse1');
  const row = page.locator('.queue-table tbody tr', { hasText: patient.name });
  await row.focus();
  const { press, pressed } = counting(page);
  await press('Enter');
  await page.locator('.level-choice').waitFor();
  await press('4');
  await press('Control+Enter');
  await page.locator('.review-draft').waitFor();
  await press('Control+Enter');
  const decided = () =>
    ledger<{ action: string }>('select action from decision where review_id = $1', [patient.reviewId]);
  await expect.poll(decided).toHaveLength(1);
  expect(pressed()).toBeLessThanOrEqual(6);
  // The next one is before her, or the queue again.
  await expect(page).not.toHaveURL(new RegExp(patient.reviewId));
});

test('check 12: a queue of 500 is walked and read again', async ({ signedIn, nurse }, info) => {
  await arrive(nurse);
  const page = await signedIn('nurse1');
  // The API's own rows, many times over: 500 patients are minutes of registering and say no more of the page.
  let waited = 0;
  await page.route('**/api/triage/queue*', async (route) => {
    const answer = await route.fetch();
    const queue = (await answer.json()) as { rows: Record<string, unknown>[] };
    const rows = Array.from({ length: 500 }, (_, at) => ({
      ...queue.rows[at % queue.rows.length],
      caseId: `00000000-0000-7000-8000-${String(at).padStart(12, '0')}`,
      ticketNo: `Q${String(at).padStart(3, '0')}`,
      waitedSeconds: 60 * (at + waited),
    }));
    waited += 1;
    await route.fulfill({ response: answer, json: { ...queue, rows } });
  });
  await page.goto('/queue');
  await expect(page.locator('.queue-table tbody tr')).toHaveCount(500);
  const first = page.locator('.queue-table tbody tr').first();
  await first.focus();
  const step = await page.evaluate(async () => {
    const painted = (): Promise<number> =>
      new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(performance.now()))));
    const times: number[] = [];
    for (let at = 0; at < 20; at += 1) {
      const started = performance.now();
      document.activeElement?.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'ArrowDown', code: 'ArrowDown', bubbles: true }),
      );
      times.push((await painted()) - started);
    }
    return times.toSorted((a, b) => a - b);
  });
  await expect(page.locator('.queue-table tbody tr').nth(20)).toBeFocused();
  info.annotations.push({
    type: 'figure',
    description: `a step in 500 rows: median ${step[10]?.toFixed(0)} ms, worst ${step.at(-1)?.toFixed(0)} ms`,
  });
  // Only what is near the screen is drawn in full; the last row says who it is all the same, and is whole once it is seen.
  const drawn = page.locator('.queue-table .queue-actions');
  expect(await drawn.count()).toBeLessThan(100);
  const last = page.locator('.queue-table tbody tr').nth(499);
  await expect(last).toContainText('Q499');
  await expect(last.locator('.queue-actions')).toHaveCount(0);
  await last.scrollIntoViewIfNeeded();
  await expect(last.locator('.queue-actions')).toBeVisible();
  await expect(page.locator('.queue-table tbody tr').nth(20)).toBeFocused();
  // Read again: every waiting time is another, and the walker stays where she was.
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await arrive(nurse);
  await expect.poll(() => waited).toBeGreaterThan(1);
  await expect(page.locator('.queue-table tbody tr').nth(20)).toBeFocused();
});
