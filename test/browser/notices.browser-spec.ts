import { type Page } from '@playwright/test';
import { type ApiDoor, done } from '#libs/api-client/door';
import { arrive, ledger, type Patient, signed } from './support/desk';
import { expect, test } from './support/fixtures';
import { setNightShift } from './support/walk';

interface Heard {
  rings: number;
  shown: { title: string; body: string }[];
}

/* Listens in the page: how often it rang, and what it asked the browser to show. */
const listenIn = async (page: Page, permission: NotificationPermission = 'granted'): Promise<void> => {
  await page.addInitScript((allowed) => {
    const heard: Heard = { rings: 0, shown: [] };
    Object.assign(window, { heard });
    const Tones = window.AudioContext;
    window.AudioContext = class extends Tones {
      constructor() {
        super();
        heard.rings += 1;
      }
    };
    class Told {
      static readonly permission = allowed;
      constructor(title: string, { body = '' }: NotificationOptions = {}) {
        heard.shown.push({ title, body });
      }
    }
    Object.assign(window, { Notification: Told });
  }, permission);
  await page.goto('/queue');
  await page.locator('.queue-metrics').waitFor();
};

const heardIn = (page: Page) => page.evaluate(() => (window as unknown as { heard: Heard }).heard);
const countIn = async (page: Page): Promise<number> => Number(/^\((\d+)\)/.exec(await page.title())?.[1] ?? 0);

const bell = (page: Page) => page.locator('.frame-head').getByRole('button', { name: /^提醒/ });

const escalate = async (door: ApiDoor, { reviewId }: Patient): Promise<void> => {
  const path = { id: reviewId };
  done(await door.ask('post', '/api/reviews/{id}/escalations', { path, body: { reason: '请来看' } }));
};

test.describe('notices', () => {
  test('are counted in the title and on the bell, lead to the patient, and go with a word', async ({
    signedIn,
    nurse,
  }) => {
    const patient = await arrive(nurse);
    const page = await signedIn('charge1');
    await page.locator('.queue-metrics').waitFor();
    const before = await countIn(page);
    await escalate(nurse, patient);
    await expect.poll(() => countIn(page)).toBe(before + 1);
    await expect(bell(page)).toHaveAccessibleName(`提醒，${before + 1} 条`);
    await bell(page).click();
    const [row] = await ledger<{ no: number }>('select ticket_no as no from triage_case where case_id = $1', [
      patient.caseId,
    ]);
    const line = page.locator('.notices li', { hasText: `${row?.no} 号：有待签署项上报给您` });
    await expect(line).toHaveCount(1);
    // Names stand on the page of the patient only.
    await expect(page.locator('.notices')).not.toContainText(patient.name);
    await line.getByRole('link').click();
    await expect(page).toHaveURL(new RegExp(patient.reviewId));
    await expect(page.locator('.review-head')).toContainText(patient.name);
    await expect(page.locator('.notices')).toBeHidden();
    await bell(page).click();
    await line.getByRole('button', { name: '知道了' }).click();
    await expect(line).toHaveCount(0);
    await expect.poll(() => countIn(page)).toBe(before);
    const [kept] = await ledger<{ seen: boolean }>(
      `select acknowledged_at is not null as seen from notice where review_id = $1 and kind = 'review-escalated'`,
      [patient.reviewId],
    );
    expect(kept).toEqual({ seen: true });
  });

  test('of a review that is signed meanwhile trouble nobody any more', async ({ signedIn, nurse }) => {
    const patient = await arrive(nurse);
    const page = await signedIn('charge1');
    await page.locator('.queue-metrics').waitFor();
    const before = await countIn(page);
    await escalate(nurse, patient);
    await expect.poll(() => countIn(page)).toBe(before + 1);
    await signed(nurse, patient, 'III');
    await expect.poll(() => countIn(page)).toBe(before);
  });

  test('ring by day; in the night shift only for a patient at level I', async ({ signedIn, nurse }) => {
    const page = await signedIn('charge1');
    await listenIn(page);
    const [first, second, third] = [await arrive(nurse), await arrive(nurse), await arrive(nurse)];
    const rings = async (): Promise<number> => (await heardIn(page)).rings;
    let count = await countIn(page);
    await escalate(nurse, first);
    await expect.poll(rings).toBe(1);
    await setNightShift(page, true);
    try {
      count = await countIn(page);
      await escalate(nurse, second);
      await expect.poll(() => countIn(page)).toBe(count + 1);
      expect(await rings()).toBe(1);
      // The second warning of a level I patient is the charge nurse's: as the worker raises it, without its five minutes.
      await ledger(
        `insert into notice (id, organisation_id, kind, audience, unique_key, ward_id, case_id, data)
         select gen_random_uuid(), c.organisation_id, 'breach', 'charge_nurse', 'spec:' || c.id, t.ward_id, c.id, '{"step": 1, "level": "I"}'
         from cases c join triage_case t on t.case_id = c.id where c.id = $1`,
        [third.caseId],
      );
      await escalate(nurse, third);
      await expect.poll(rings).toBe(2);
      await bell(page).click();
      await expect(page.locator('.notices')).toContainText('Ⅰ 级患者还在等候，请立即处理');
    } finally {
      await page.keyboard.press('Escape');
      await setNightShift(page, false);
    }
  });

  test('are shown by the browser while the page is hidden, and say nothing of a patient', async ({
    signedIn,
    nurse,
  }) => {
    const page = await signedIn('charge1');
    await listenIn(page);
    const patient = await arrive(nurse);
    await escalate(nurse, patient);
    await expect.poll(async () => (await heardIn(page)).rings).toBe(1);
    // In sight, the page itself is notice enough.
    expect((await heardIn(page)).shown).toEqual([]);
    await page.evaluate(() => Object.defineProperty(document, 'hidden', { get: () => true }));
    await escalate(nurse, await arrive(nurse));
    await expect
      .poll(async () => (await heardIn(page)).shown)
      .toEqual([{ title: '会签', body: '1 条新提醒，请回到会签查看。' }]);
  });

  test('are shown by no browser that was not allowed to', async ({ signedIn, nurse }) => {
    const page = await signedIn('charge1');
    await listenIn(page, 'denied');
    await page.evaluate(() => Object.defineProperty(document, 'hidden', { get: () => true }));
    await escalate(nurse, await arrive(nurse));
    await expect.poll(async () => (await heardIn(page)).rings).toBe(1);
    expect((await heardIn(page)).shown).toEqual([]);
  });
});
