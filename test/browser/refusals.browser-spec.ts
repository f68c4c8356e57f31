import { type Page } from '@playwright/test';
import { done } from '#libs/api-client/door';
import { assess } from '../../apps/cli/src/seed/desk';
import { arrive, calmVitals, ledger } from './support/desk';
import { expect, test } from './support/fixtures';
import { field } from './support/intake';
import { theSite } from './support/site';

const dialog = (page: Page) => page.getByRole('dialog');
const level = (page: Page) => page.locator('input[name=level]:checked');
const note = (page: Page) => page.locator('.acuity-form textarea');
const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();

const decided = (reviewId: string) =>
  ledger<{ action: string }>('select action from decision where review_id = $1', [reviewId]);

const judged = async (page: Page, reviewId: string, key: string): Promise<void> => {
  await page.goto(`/reviews/${reviewId}`);
  await page.locator('.level-choice').waitFor();
  await page.keyboard.press(key);
  await page.keyboard.press('Control+Enter');
  await page.locator('.review-draft').waitFor();
};

test.describe('signing is refused', () => {
  test('by old vital signs: measuring again is one step away, and leads back to the review', async ({
    signedIn,
    nurse,
  }) => {
    const patient = await arrive(nurse, { measuredAt: hoursAgo(6) });
    const page = await signedIn('nurse1');
    await judged(page, patient.reviewId, '4');
    await page.keyboard.press('Control+Enter');
    const alert = page.locator('.desk-foot').getByRole('alert');
    await expect(alert).toContainText('请重新测量');
    expect(await decided(patient.reviewId)).toEqual([]);
    await alert.getByRole('link', { name: '重新测量' }).click();
    await expect(page).toHaveURL(new RegExp(`/cases/${patient.caseId}/reassess`));
    for (const [name, value] of Object.entries({
      temperature: 36.8,
      pulse: 78,
      respiratoryRate: 15,
      systolic: 126,
      spo2: 98,
    }))
      await field(page, name).fill(String(value));
    await field(page, 'onOxygen').locator('input[value=no]').check();
    await field(page, 'consciousness').locator('input[value=A]').check();
    await page.keyboard.press('Control+Enter');
    await expect(page).toHaveURL(new RegExp(`/reviews/${patient.reviewId}`));
    await expect(level(page)).toHaveValue('IV');
  });

  test('by old vital signs that cannot be taken again: the old measurement is ticked, and it is signed', async ({
    signedIn,
    nurse,
  }) => {
    const patient = await arrive(nurse, { measuredAt: hoursAgo(6) });
    const page = await signedIn('nurse1');
    await judged(page, patient.reviewId, '4');
    await note(page).fill('患者拒绝测量');
    await page.keyboard.press('Control+Enter');
    await page.locator('.stale-facts').waitFor();
    await expect(note(page)).toHaveValue('患者拒绝测量');
    await page.locator('.stale-facts').getByRole('checkbox').check();
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => decided(patient.reviewId)).toHaveLength(1);
  });

  test('by a fact that came since: it is shown, ticked as seen, and the signature names it', async ({
    signedIn,
    nurse,
  }) => {
    const patient = await arrive(nurse);
    const page = await signedIn('nurse1');
    await judged(page, patient.reviewId, '4');
    await note(page).fill('本人备注');
    const vitals = { ...calmVitals, systolic: 84, diastolic: 50, pulse: 132 };
    const seen = { complaint: '出冷汗', vitals, measuredAt: new Date().toISOString(), retriage: false };
    await assess(nurse, patient.caseId, seen as never);
    const facts = page.locator('.stale-facts');
    await expect(facts.getByRole('checkbox').first()).toBeVisible();
    await expect(facts).toContainText('规则下限已提高');
    await expect(page.locator('.action-bar .ant-btn-primary')).toBeDisabled();
    await expect(note(page)).toHaveValue('本人备注');
    for (const box of await facts.getByRole('checkbox').all()) await box.check();
    await page.locator('.level-choice input[value=II]').check();
    await page.locator('select.reason').selectOption({ label: '数据缺失' });
    await page.keyboard.press('Control+Enter');
    const named = () =>
      ledger<{ named: boolean }>(
        `select s.provenance -> 'acknowledgedFacts' ? f.id::text as named from signature s join fact f on f.case_id = $2
         where s.review_id = $1 order by f.seq desc limit 1`,
        [patient.reviewId, patient.caseId],
      );
    await expect.poll(named).toEqual([{ named: true }]);
  });
});

test.describe('one person at two PCs', () => {
  const both = async (open: () => Promise<Page>, reviewId: string): Promise<readonly [Page, Page]> => {
    const [here, there] = [await open(), await open()];
    for (const page of [here, there]) {
      await page.goto(`/reviews/${reviewId}`);
      await page.locator('.level-choice').waitFor();
    }
    await there.keyboard.press('2');
    await note(there).fill('另一台写的');
    await expect(there.locator('.at-signing')).toContainText('已保存在服务器');
    await here.keyboard.press('3');
    await note(here).fill('这台写的');
    await expect(dialog(here)).toContainText('您在另一台电脑上保存过不同的内容');
    return [here, there];
  };

  for (const { choice, name, left } of [
    { choice: 'keeps hers', name: '保留本人的', left: ['III', '这台写的'] },
    { choice: 'takes the other', name: '采用对方的', left: ['II', '另一台写的'] },
    { choice: 'merges field by field', name: '按所选合并', left: ['III', '另一台写的'] },
  ] as const)
    test(`is asked when the forms differ, and ${choice}`, async ({ signedIn, nurse }) => {
      const patient = await arrive(nurse);
      const [here] = await both(() => signedIn('nurse1'), patient.reviewId);
      for (const text of ['这台写的', '另一台写的']) await expect(dialog(here)).toContainText(text);
      if (choice.startsWith('merges')) {
        await expect(dialog(here).getByRole('button', { name })).toBeDisabled();
        await dialog(here).getByRole('row', { name: /备注/ }).getByRole('radio').last().check();
      }
      await dialog(here).getByRole('button', { name }).click();
      await expect(dialog(here)).toHaveCount(0);
      await expect(level(here)).toHaveValue(left[0]);
      await expect(note(here)).toHaveValue(left[1]);
      expect(await ledger('select 1 from judgement where review_id = $1', [patient.reviewId])).toEqual([]);
      await expect(here.locator('.at-signing')).toContainText('已保存在服务器');
    });
});

test('a newer draft came while the page was not told: the conflict is shown, and nothing is signed by choosing', async ({
  signedIn,
  nurse,
}) => {
  const patient = await arrive(nurse);
  const page = await signedIn('nurse1');
  await judged(page, patient.reviewId, '4');
  // The page hears nothing of what follows: its reading of the review is held back until it signs.
  let held = true;
  const last = await page.request.get(`/api/reviews/${patient.reviewId}`);
  const [headers, body] = [last.headers(), await last.text()];
  await page.route(`**/api/reviews/${patient.reviewId}`, (route) =>
    held ? route.fulfill({ status: 200, headers, body }) : route.continue(),
  );
  done(
    await nurse.ask('post', '/api/reviews/{id}/redrafts', {
      path: { id: patient.reviewId },
      body: { notes: [{ text: '重写', field: null }] },
    }),
  );
  const versions = () => ledger('select 1 from draft where review_id = $1', [patient.reviewId]);
  await expect.poll(versions, { timeout: 30_000 }).toHaveLength(2);
  await note(page).fill('我的备注');
  page.on('response', (answer) => {
    if (answer.url().endsWith('/decisions')) held = false;
  });
  await page.keyboard.press('Control+Enter');
  await expect(dialog(page)).toContainText('您填写期间草稿有了新版本');
  await dialog(page).getByRole('button', { name: '保留本人的' }).click();
  await expect(note(page)).toHaveValue('我的备注');
  expect(await decided(patient.reviewId)).toEqual([]);
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => decided(patient.reviewId)).toHaveLength(1);
});

test('a draft that came late lies closed beside; Alt+O opens it', async ({ signedIn, nurse }) => {
  test.setTimeout(120_000);
  const pids = theSite().modelPids;
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  let patient;
  try {
    patient = await arrive(nurse);
    const page = await signedIn('nurse1');
    await page.goto(`/reviews/${patient.reviewId}`);
    await page.locator('.level-choice').waitFor();
    await page.keyboard.press('3');
    await page.keyboard.press('Control+Enter');
    await expect(page.locator('.ai-ribbon')).toContainText('草稿未能按时生成', { timeout: 40_000 });
    await note(page).fill('已写好');
    for (const pid of pids) process.kill(pid, 'SIGCONT');
    await expect(page.locator('.review-draft')).toContainText('草稿迟到', { timeout: 40_000 });
    const drafted = page.locator('.comparison tbody tr', { hasText: '草稿' });
    await expect(drafted).not.toContainText(/[ⅠⅡⅢⅣ]/);
    await page.keyboard.press('Alt+o');
    await expect(drafted).toContainText(/[ⅠⅡⅢⅣ]/);
    await expect(note(page)).toHaveValue('已写好');
  } finally {
    for (const pid of pids) process.kill(pid, 'SIGCONT');
  }
});
