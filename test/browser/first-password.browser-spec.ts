import AxeBuilder from '@axe-core/playwright';
import { type Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { newcomer } from './support/newcomer';

const enter = async (page: Page, login: string, password: string): Promise<void> => {
  await page.locator('input[autocomplete=username]').fill(login);
  await page.locator('input[autocomplete=current-password]').fill(password);
  await page.keyboard.press('Enter');
};

test('a password that was handed over opens nothing but its own replacement, by keyboard alone', async ({ opened }) => {
  const { login, displayName, temporaryPassword } = await newcomer('新来的护士');
  const page = await opened();
  const asked: string[] = [];
  page.on('request', (request) => void asked.push(new URL(request.url()).pathname));
  await page.goto('/queue');
  await enter(page, login, temporaryPassword);
  await expect(page.getByRole('heading', { name: '请设置新密码' })).toBeVisible();
  await expect(page.getByText(displayName)).toBeVisible();
  await expect(page.locator('.frame')).toHaveCount(0);
  expect(asked.filter((path) => path.startsWith('/api/') && !path.startsWith('/api/auth/'))).toEqual([]);
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  }

  /* As a person types: keys that come faster are a scanner's. */
  const type = async (...values: readonly string[]): Promise<void> => {
    await page.getByLabel('临时密码', { exact: true }).focus();
    for (const [at, value] of values.entries()) {
      // Over the button that shows what was typed.
      for (let tab = 0; tab < (at > 0 ? 2 : 0); tab += 1) await page.keyboard.press('Tab');
      await page.keyboard.press('Control+A');
      await page.keyboard.type(value, { delay: 40 });
    }
    await page.keyboard.press('Enter');
  };
  await type(temporaryPassword, temporaryPassword, temporaryPassword);
  await expect(page.getByRole('alert')).toHaveText('不能与临时密码相同。');
  await type(temporaryPassword, '我自己的密码 2026', '我自己的密码 2027');
  await expect(page.getByRole('alert')).toHaveText('两次输入的新密码不一致。');
  await type('not what was given', '我自己的密码 2026', '我自己的密码 2026');
  await expect(page.getByRole('alert')).toContainText('临时密码不正确');
  await page.reload();
  await expect(page.getByRole('heading', { name: '请设置新密码' })).toBeVisible();
  await type(temporaryPassword, '我自己的密码 2026', '我自己的密码 2026');
  await expect(page.locator('.frame')).toBeVisible();
  await expect(page).toHaveURL(/\/queue$/);

  const again = await opened();
  await enter(again, login, temporaryPassword);
  await expect(again.getByRole('alert')).toContainText('工号或密码不正确');
  await enter(again, login, '我自己的密码 2026');
  await expect(again.locator('.frame')).toBeVisible();
});

test('whoever was given a password may leave it be and sign out', async ({ opened }) => {
  const { login, temporaryPassword } = await newcomer('改天再来');
  const page = await opened();
  await enter(page, login, temporaryPassword);
  await page.getByText('English').click();
  await expect(page.getByRole('heading', { name: 'Choose your password' })).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.locator('input[autocomplete=username]')).toBeVisible();
});
