import { type Page } from '@playwright/test';
import { arrive, ledger, type Patient, signed } from './support/desk';
import { expect, test } from './support/fixtures';

const rowOf = (page: Page, { name }: Patient) => page.locator('.queue-table tbody tr', { hasText: name });
const headers = (page: Page) => page.locator('.queue-table thead th');

const stateOf = async ({ caseId }: Patient): Promise<string | undefined> => {
  const rows = await ledger<{ state: string }>('select state from cases where id = $1', [caseId]);
  return rows[0]?.state;
};

const call = async (page: Page, patient: Patient): Promise<void> => {
  await rowOf(page, patient).focus();
  await page.keyboard.press('Alt+c');
  await page.getByRole('textbox', { name: '诊室' }).fill('3 诊室');
  await page.keyboard.press('Enter');
  await expect(rowOf(page, patient)).toContainText('已呼叫');
  // While it goes, the question still has the keys.
  await expect(page.getByRole('dialog')).toHaveCount(0);
};

test.describe('a move in the queue', () => {
  test('is taken back by Ctrl+Z, the last one first, and only once', async ({ signedIn, nurse }) => {
    const patient = await arrive(nurse);
    await signed(nurse, patient, 'III');
    const page = await signedIn('nurse1');
    await call(page, patient);
    expect(await stateOf(patient)).toBe('called');
    await page.keyboard.press('Control+z');
    await expect(page.getByText('已撤销')).toBeVisible();
    await expect(rowOf(page, patient)).toContainText('候诊');
    expect(await stateOf(patient)).toBe('waiting');
    await page.keyboard.press('Control+z');
    await expect(page.getByText('没有可撤销的流转')).toBeVisible();
    expect(await stateOf(patient)).toBe('waiting');
  });

  test('is taken back from the message that says it, and leaves a later move alone', async ({ signedIn, nurse }) => {
    const [first, second] = [await arrive(nurse), await arrive(nurse)];
    for (const patient of [first, second]) await signed(nurse, patient, 'III');
    const page = await signedIn('nurse1');
    await call(page, first);
    await call(page, second);
    const [row] = await ledger<{ no: number }>('select ticket_no as no from triage_case where case_id = $1', [
      first.caseId,
    ]);
    const message = page.locator('.ant-message-notice', { hasText: `${row?.no} 号：已呼叫` });
    await message
      .getByRole('button', { name: /撤\s?销/ })
      .first()
      .click();
    await expect.poll(() => stateOf(first)).toBe('waiting');
    expect(await stateOf(second)).toBe('called');
    await page.keyboard.press('Control+z');
    await expect.poll(() => stateOf(second)).toBe('waiting');
  });

  test('that somebody else changed since is not taken back, and the page says so', async ({ signedIn, nurse }) => {
    const patient = await arrive(nurse);
    await signed(nurse, patient, 'III');
    const page = await signedIn('nurse1');
    await call(page, patient);
    const other = await signedIn('nurse2');
    await rowOf(other, patient).getByRole('button', { name: '更多' }).click();
    await other.getByRole('menuitem').first().click();
    await expect.poll(() => stateOf(patient)).not.toBe('called');
    const after = await stateOf(patient);
    await page.keyboard.press('Control+z');
    await expect(page.locator('.ant-message-error')).toBeVisible();
    expect(await stateOf(patient)).toBe(after);
  });
});

test('columns stay as a person arranged them, on every PC', async ({ signedIn, nurse }) => {
  await arrive(nurse);
  const page = await signedIn('nurse2');
  await expect(headers(page).first()).toHaveText('号');
  await page.getByRole('button', { name: '列', exact: true }).click();
  const chooser = page.locator('.column-chooser');
  try {
    await chooser.getByRole('checkbox', { name: '主诉' }).uncheck();
    await chooser.getByRole('button', { name: '“号”后移' }).click();
    const arranged = ['级别', '号', '患者', '等待/时限', '状态', '提示', '操作'];
    await expect(headers(page)).toHaveText(arranged);
    // A row without these is misread: they cannot be hidden.
    for (const name of ['级别', '患者', '操作'])
      await expect(chooser.getByRole('checkbox', { name, exact: true })).toBeDisabled();
    await expect
      .poll(() => ledger(`select 1 from person_preferences p where p::text like '%complaint%'`))
      .toHaveLength(1);
    const other = await signedIn('nurse2');
    await expect(headers(other)).toHaveText(arranged);
    await other.reload();
    await expect(headers(other)).toHaveText(arranged);
  } finally {
    await chooser.getByRole('button', { name: '恢复默认列' }).click();
    await expect(headers(page).first()).toHaveText('号');
  }
});

test('filters stand in the address; saved under a name they are there on every PC', async ({ signedIn, nurse }) => {
  const [third, second] = [await arrive(nurse), await arrive(nurse)];
  await signed(nurse, third, 'III');
  await signed(nurse, second, 'II');
  const page = await signedIn('nurse1');
  await rowOf(page, third).waitFor();
  await page.getByRole('combobox', { name: '级别' }).click();
  await page.locator('.ant-select-item', { hasText: 'Ⅱ' }).first().click();
  await expect(page).toHaveURL(/[?&]level=II(&|$)/);
  await expect(rowOf(page, second)).toBeVisible();
  await expect(rowOf(page, third)).toHaveCount(0);
  await page.reload();
  await expect(rowOf(page, second)).toBeVisible();
  await expect(rowOf(page, third)).toHaveCount(0);
  const name = `只看二级 ${Date.now()}`;
  await page.getByRole('button', { name: '常用筛选' }).click();
  await page.getByLabel('把当前条件保存为').fill(name);
  await page.keyboard.press('Enter');
  await expect(page.locator('.saved-filters').getByRole('button', { name, exact: true })).toBeVisible();

  const other = await signedIn('nurse1');
  await rowOf(other, third).waitFor();
  await other.getByRole('button', { name: '常用筛选' }).click();
  await other.locator('.saved-filters').getByRole('button', { name, exact: true }).click();
  await expect(other).toHaveURL(/[?&]level=II(&|$)/);
  await expect(rowOf(other, third)).toHaveCount(0);
  await other.getByRole('button', { name: `删除筛选：${name}` }).click();
  await expect(other.locator('.saved-filters')).not.toContainText(name);
});
