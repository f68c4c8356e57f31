import AxeBuilder from '@axe-core/playwright';
import { type Page } from '@playwright/test';
import { done } from '#libs/api-client/door';
import { startProxy } from '../support/proxy';
import { boardUp } from './support/boards';
import { arrive, doorOf, ledger, type Patient, signed } from './support/desk';
import { expect, test } from './support/fixtures';
import { theSite } from './support/site';

const ticketOf = async ({ caseId }: Patient): Promise<number> => {
  const rows = await ledger<{ no: number }>('select ticket_no as no from triage_case where case_id = $1', [caseId]);
  return rows[0]?.no ?? 0;
};

const move = async (patient: Patient, body: { move: 'call'; room: string } | { move: 'see' }): Promise<void> => {
  const door = await doorOf('nurse1');
  try {
    const path = { id: patient.caseId };
    const { version } = done(await door.ask('get', '/api/triage/cases/{id}', { path }));
    done(await door.ask('post', '/api/triage/cases/{id}/moves', { path, version, body }));
  } finally {
    await door.close();
  }
};

const clean = async (page: Page): Promise<void> => {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  }
};

test.describe('the boards on the walls', () => {
  test('the waiting area is told ticket and room, and never a whole name', async ({ opened, nurse }) => {
    const patient = await arrive(nurse, { name: '欧阳明月' });
    await signed(nurse, patient, 'III');
    const page = await opened();
    const board = await boardUp('public-queue');
    await page.goto(board.path);
    const calling = page.locator('.calling');
    await calling.waitFor();
    const ticket = await ticketOf(patient);
    await expect(calling.locator('b', { hasText: new RegExp(`^${ticket}$`) })).toHaveCount(0);
    await move(patient, { move: 'call', room: '3 诊室' });
    // A call is on the screen by itself.
    await expect(calling.locator('li', { hasText: '3 诊室' }).first()).toContainText(String(ticket));
    const shown = await page.locator('body').innerText();
    expect(shown).not.toMatch(/欧阳明月|阳明月|胸痛/);
    expect(page.url()).not.toContain('#');
    await clean(page);
    await move(patient, { move: 'see' });
    await expect(calling.locator('b', { hasText: new RegExp(`^${ticket}$`) })).toHaveCount(0);
    await board.takeDown();
  });

  test('the nurses’ station sees how many wait, and who is called where', async ({ opened, nurse }) => {
    const page = await opened();
    const board = await boardUp('staff-wallboard');
    await page.goto(board.path);
    const waiting = page.locator('.figures li').first().locator('b');
    await waiting.waitFor();
    const before = Number(await waiting.innerText());
    const patient = await arrive(nurse);
    await expect(waiting).toHaveText(String(before + 1));
    await signed(nurse, patient, 'II');
    await move(patient, { move: 'call', room: '抢救 2' });
    const row = page.locator('.staff section', { hasText: '已呼叫' }).locator('li', { hasText: '抢救 2' }).first();
    await expect(row).toContainText(String(await ticketOf(patient)));
    await expect(row).toContainText('II');
    await expect(row).not.toContainText(patient.name);
    await clean(page);
    await board.takeDown();
  });

  test('a board that hears nothing says of when it is, and a board that was taken down shows nothing', async ({
    opened,
  }) => {
    test.setTimeout(120_000);
    const proxy = await startProxy(() => Number(new URL(theSite().url).port));
    const page = await opened({ url: `http://127.0.0.1:${proxy.port}` });
    const board = await boardUp('public-queue');
    await page.goto(board.path);
    await page.locator('.calling').waitFor();
    proxy.admit(false);
    proxy.cutAll();
    await expect(page.locator('.ribbon')).toContainText('数据截至', { timeout: 30_000 });
    await expect(page.locator('.ribbon')).toContainText('请以护士站通知为准', { timeout: 70_000 });
    proxy.admit(true);
    await expect(page.locator('.ribbon')).toHaveCount(0, { timeout: 30_000 });
    await board.takeDown();
    await expect(page.locator('.alone')).toContainText('授权已失效', { timeout: 90_000 });
    await proxy.stop();
  });
});
