import { arrive, ledger } from './support/desk';
import { expect, test } from './support/fixtures';

test('a case is found by its ticket, without its patient and without either in an address', async ({
  signedIn,
  nurse,
}) => {
  const { caseId, name } = await arrive(nurse);
  const [ticket] = await ledger<{ no: number }>('select ticket_no no from triage_case where case_id = $1', [caseId]);
  const page = await signedIn('lead1');
  const addresses: string[] = [];
  page.on('request', (request) => void addresses.push(request.url()));
  await page.goto('/admin/today');
  const card = page.getByRole('region', { name: '按号码找病例' });
  await card.getByLabel('分诊号').fill('一');
  await page.keyboard.press('Enter');
  await expect(card.getByRole('alert')).toHaveText('请填写数字号码和日期。');
  await card.getByLabel('分诊号').fill('999999');
  await page.keyboard.press('Enter');
  await expect(card.getByRole('status')).toContainText('没有 999999 号');
  await card.getByLabel('分诊号').fill(String(ticket?.no));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/admin/cases/${caseId}$`));
  await expect(page.getByRole('heading', { level: 1 })).toContainText(`${ticket?.no} 号`);
  await expect(page.locator('body')).not.toContainText(name);
  expect(addresses.filter((address) => address.includes('999999'))).toEqual([]);
});

test('the model is probed when the administrator asks, and says so', async ({ signedIn }) => {
  const page = await signedIn('sysadmin');
  await page.goto('/ops');
  const models = page.getByRole('region', { name: '模型接口' });
  const probes = () =>
    ledger<{ at: string }>(`select model -> 'probe' ->> 'at' as at from worker_heartbeat where state = 'running'`);
  await models.getByRole('button', { name: '立即探测' }).click();
  const [before] = await probes();
  await expect.poll(async () => (await probes())[0]?.at, { timeout: 15_000 }).not.toBe(before?.at);
  await expect(models.getByRole('button', { name: '立即探测' })).toBeEnabled({ timeout: 20_000 });
  await expect(models.getByRole('status')).toContainText('不含患者信息');
  await expect(models).toContainText('成功');
});
