import { type Page } from '@playwright/test';
import { ledger, someName } from './support/desk';
import { expect, test } from './support/fixtures';
import { field, openIntake } from './support/intake';

const missing = (page: Page) => page.locator('.missing');
const rules = (page: Page) => page.locator('.rules-preview');

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/* A resident identity number of this birth date; an even order is a woman's. */
const identityNumber = (birthDate: string, order: string): string => {
  const digits = `110101${birthDate}${order}`;
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits.charAt(at)), 0);
  return digits + '10X98765432'.charAt(sum % 11);
};

/* Types into the field that has the focus, and goes on. */
const enter = async (page: Page, text: string): Promise<void> => {
  await page.keyboard.type(text, { delay: 35 });
  await page.keyboard.press('Enter');
};

test.describe('intake', () => {
  test('Enter walks the fields from the name to the last vital sign, and Shift+Enter goes back', async ({
    signedIn,
  }) => {
    const page = await signedIn('nurse1');
    await page.keyboard.press('Alt+n');
    await expect(field(page, 'name')).toBeFocused();
    await enter(page, someName());
    await page.keyboard.press('Enter'); // "unidentified" stays as it is
    await expect(field(page, 'sex').locator('input[value=unknown]')).toBeFocused();
    await enter(page, '2');
    await expect(field(page, 'sex').locator('input[value=female]')).toBeChecked();
    await expect(field(page, 'born')).toBeFocused();
    await enter(page, '45');
    const order = ['identifierKind', 'identifier', 'visitNumber', 'phone', 'mode', 'ward'];
    for (const name of order) {
      await expect(field(page, name)).toBeFocused();
      await page.keyboard.press('Enter');
    }
    await expect(field(page, 'complaint')).toBeFocused();
    await page.keyboard.press('Shift+Enter');
    await expect(field(page, 'ward')).toBeFocused();
    await page.keyboard.press('Enter');
    await enter(page, 'xt');
    await expect(field(page, 'complaint')).toHaveValue('胸痛');
    await page.keyboard.press('Enter');
    await expect(field(page, 'temperature')).toBeFocused();
  });

  test('initials find complaints and flags; Backspace takes the last flag back', async ({ signedIn }) => {
    const page = await signedIn('nurse1');
    await page.goto('/intake');
    await field(page, 'complaint').click();
    await page.keyboard.type('xt', { delay: 35 });
    await expect(page.getByRole('option', { name: '胸痛', exact: true })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(field(page, 'complaint')).toHaveValue('胸痛');
    await field(page, 'flags').click();
    await page.keyboard.type('rs', { delay: 35 });
    await expect(page.locator('.flag-field [role=option][aria-selected=true]')).toContainText('妊娠');
    await page.keyboard.press('Enter');
    await expect(page.locator('.flag-field .flags')).toContainText('妊娠');
    await expect(field(page, 'flags')).toHaveValue('');
    await page.keyboard.press('Backspace');
    await expect(page.locator('.flag-field .flags')).toHaveCount(0);
  });

  test('an identity number says birth date and sex, and overwrites nothing that was entered', async ({ signedIn }) => {
    const page = await signedIn('nurse1');
    await page.goto('/intake');
    await field(page, 'identifier').pressSequentially(identityNumber('19800505', '012'), { delay: 35 });
    await expect(field(page, 'born')).toHaveValue('1980-05-05');
    await expect(field(page, 'sex').locator('input[value=female]')).toBeChecked();
    await expect(page.locator('.intake')).toContainText('46岁');
    await field(page, 'identifier').fill(identityNumber('19900101', '011'));
    await expect(field(page, 'born')).toHaveValue('1980-05-05');
    await expect(field(page, 'sex').locator('input[value=female]')).toBeChecked();
    // One wrong digit is no identity number.
    await page.reload();
    await field(page, 'identifier').fill(
      identityNumber('19800505', '012').replace(/.$/, (end) => (end === '0' ? '1' : '0')),
    );
    await expect(field(page, 'born')).toHaveValue('');
  });

  test('the rules speak while it is typed, for adults and for children, and what is missing shrinks', async ({
    signedIn,
  }) => {
    const page = await signedIn('nurse1');
    await page.goto('/intake');
    const count = async (): Promise<number> => Number(await missing(page).locator('h2 .number').innerText());
    const all = await count();
    await field(page, 'name').fill(someName());
    await field(page, 'born').fill('45');
    await expect.poll(count).toBe(all - 2);
    await field(page, 'respiratoryRate').fill('30');
    await expect(rules(page)).toContainText('NEWS2');
    await expect(rules(page)).toContainText('至少');
    for (const [name, value] of [
      ['temperature', '38.9'],
      ['pulse', '128'],
      ['systolic', '88/50'],
      ['spo2', '89'],
    ] as const) {
      await field(page, name).fill(value);
      await field(page, name).blur();
    }
    await expect(field(page, 'systolic')).toHaveValue('88');
    await expect(field(page, 'diastolic')).toHaveValue('50');
    await field(page, 'onOxygen').locator('input[value=no]').check();
    await field(page, 'consciousness').locator('input[value=A]').check();
    await expect(rules(page)).not.toContainText('至少');
    await expect(rules(page)).toContainText(/NEWS2\s*1\d/);
    await expect(rules(page).locator('.level-badge, [class*=level]').first()).toBeVisible();
    await expect(missing(page)).not.toContainText('体温');
    // The same child's breathing is judged by the bands of its age.
    await field(page, 'born').fill('8月');
    await expect(rules(page)).toContainText('早期预警评分不适用，按儿童分诊表');
    await expect(page.locator('.intake')).toContainText('8个月');
  });

  test('somebody unidentified with an estimated age is registered by Ctrl+Enter, and the review opens', async ({
    signedIn,
  }) => {
    const page = await signedIn('nurse1');
    await openIntake(page);
    await page.getByRole('checkbox', { name: '身份未明' }).check();
    await field(page, 'born').fill('约60岁');
    await field(page, 'complaint').fill('路边被发现，呼之不应');
    await field(page, 'consciousness').locator('input[value=U]').check();
    await field(page, 'consciousness').locator('input[value=U]').focus();
    await page.keyboard.press('Control+Enter');
    await expect(page).toHaveURL(/\/reviews\/[\w-]+/);
    await expect(page.locator('.review-head')).toContainText('身份未明');
    await expect(page.locator('.review-head')).toContainText('约60岁');
    await expect(page.locator('.review')).toContainText('路边被发现，呼之不应');
    const reviewId = new URL(page.url()).pathname.split('/').at(-1);
    const rows = await ledger<{ unidentified: boolean; estimated: boolean }>(
      `select p.unidentified, p.age_estimated estimated from review r join cases c on c.id = r.case_id
       join patient p on p.id = c.patient_id where r.id = $1`,
      [reviewId],
    );
    expect(rows).toEqual([{ unidentified: true, estimated: true }]);
  });
});
