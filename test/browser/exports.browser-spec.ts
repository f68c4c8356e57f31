import { readFile } from 'node:fs/promises';
import { type Page } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { signInFirst } from '#libs/api-client/door';
import { arrive, ledger } from './support/desk';
import { expect, test } from './support/fixtures';
import { newcomer } from './support/newcomer';
import { theSite } from './support/site';

/* Somebody whose name is a formula to a spreadsheet, and who has left a row in the audit. */
const somebodyNamed = async (displayName: string): Promise<void> => {
  const first = await newcomer(displayName);
  await (await signInFirst(theSite().url, { ...first, password: 'a password of their own' })).close();
};

const savedBy = async (page: Page, press: () => Promise<void>): Promise<Buffer> => {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  expect(download.suggestedFilename()).toMatch(/^countersign-[\w-]+\.csv$/);
  return readFile(await download.path());
};

test('check 9: what an auditor exports opens the same everywhere, and no formula in it works', async ({ signedIn }) => {
  const name = `=SUM(1,2)令狐冲${Date.now()}`;
  await somebodyNamed(name);
  const page = await signedIn('auditor');
  await page.goto('/admin/audit');
  await page.getByLabel('人员姓名或账号').fill(name);
  await page.getByRole('button', { name: '查询', exact: true }).click();
  await expect(page.locator('.admin-table tbody tr').first()).toContainText(name);
  await page.getByRole('button', { name: '导出查询结果…' }).click();
  const dialog = page.getByRole('dialog');
  const rows = Number(/共 (\d+) 行/.exec(await dialog.getByRole('status').innerText())?.[1]);
  expect(rows).toBeGreaterThan(0);
  const take = dialog.getByRole('button', { name: `导出 ${rows} 行` });
  await expect(take).toBeDisabled();
  await dialog.getByLabel('用途').click();
  await page.getByTitle('安全审计').click();
  const file = await savedBy(page, () => take.click());

  // Excel on Chinese Windows reads UTF-8 only by its mark; a program that knows no mark takes it for a blank.
  expect([...file.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const marked: Record<string, string>[] = parse(file, { bom: true, columns: true });
  const plain: string[][] = parse(new TextDecoder('utf-8', { ignoreBOM: true }).decode(file));
  expect(plain[0]?.[0]).toBe('\u{feff}时间（UTC）');
  expect(plain.slice(1)).toEqual(marked.map((row) => Object.values(row)));
  expect(marked).toHaveLength(rows);
  expect(marked.every((row) => row['操作者'] === `'${name}`)).toBe(true);
  const audited = await ledger<{ purpose: string; rows: number }>(
    `select detail ->> 'purpose' purpose, (detail ->> 'rows')::int as rows from audit where action = 'export.sent' order by at desc limit 1`,
  );
  expect(audited).toEqual([{ purpose: 'security-audit', rows }]);
});

test('exports: the queue’s history is counted first and says what it is for', async ({ signedIn, nurse }) => {
  await arrive(nurse);
  const page = await signedIn('sysadmin');
  await page.goto('/admin/exports');
  await page.getByRole('button', { name: '统计行数…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('status')).toContainText('行');
  await dialog.getByLabel('用途').click();
  await page.getByTitle('其他（请说明）').click();
  const take = dialog.getByRole('button', { name: /^导出 \d+ 行/ });
  await expect(take).toBeDisabled();
  await dialog.getByLabel('说明（必填）').fill('卫健委抽查');
  const file = await savedBy(page, () => take.click());
  const rows: Record<string, string>[] = parse(file, { bom: true, columns: true });
  expect(rows.length).toBeGreaterThan(0);
  expect(rows[0]?.['科室']).toContain('急诊');
});
