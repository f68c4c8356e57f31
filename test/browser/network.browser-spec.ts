import { startProxy } from '../support/proxy';
import { arrive } from './support/desk';
import { expect, signInAt, test } from './support/fixtures';
import { theSite } from './support/site';

const api = (): number => Number(new URL(theSite().url).port);

test('check 6: the stream is cut, and the screen says how old it is until it is back', async ({ opened, nurse }) => {
  const proxy = await startProxy(api);
  const page = await opened({ url: `http://127.0.0.1:${proxy.port}` });
  await signInAt(page, 'nurse1');
  await page.locator('.queue-metrics').waitFor();
  const ribbon = page.locator('.ribbon');
  await expect(ribbon).toHaveCount(0);
  proxy.admit(false);
  proxy.cutAll();
  await expect(ribbon).toContainText('网络中断', { timeout: 15_000 });
  await expect(ribbon).toContainText(/\d\d:\d\d:\d\d/);
  const patient = await arrive(nurse);
  proxy.admit(true);
  await expect(ribbon).toHaveCount(0, { timeout: 20_000 });
  // What was not heard meanwhile is read.
  await expect(page.getByText(patient.name)).toBeVisible();
  await proxy.stop();
});

test('check 6: a connection that falls silent counts as lost when the screen is 15 s old', async ({ opened }) => {
  const proxy = await startProxy(api);
  const page = await opened({ url: `http://127.0.0.1:${proxy.port}` });
  await signInAt(page, 'nurse1');
  await page.locator('.queue-metrics').waitFor();
  proxy.weather({ kind: 'black-hole' });
  await expect(page.locator('.ribbon')).toBeVisible({ timeout: 25_000 });
  proxy.weather(null);
  await proxy.stop();
});

test('nothing can be signed while the network is away, and what was entered is still there after', async ({
  opened,
  nurse,
}) => {
  const patient = await arrive(nurse);
  const proxy = await startProxy(api);
  const page = await opened({ url: `http://127.0.0.1:${proxy.port}` });
  await signInAt(page, 'nurse1');
  await page.goto(`/reviews/${patient.reviewId}`);
  await page.locator('.level-choice').waitFor();
  await page.keyboard.press('2');
  await page.locator('.acuity-form textarea').fill('转运途中');
  proxy.admit(false);
  proxy.cutAll();
  const sign = page.locator('.action-bar .ant-btn-primary');
  await expect(sign).toBeDisabled();
  await expect(page.locator('.action-bar')).toContainText('网络中断');
  proxy.admit(true);
  await expect(sign).toBeEnabled({ timeout: 20_000 });
  await expect(page.locator('input[name=level]:checked')).toHaveValue('II');
  await expect(page.locator('.acuity-form textarea')).toHaveValue('转运途中');
  await proxy.stop();
});
