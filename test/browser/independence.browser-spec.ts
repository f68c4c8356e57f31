import { done } from '#libs/api-client/door';
import { judge, lookForDraft } from '../../apps/cli/src/seed/desk';
import { arrive, ledger } from './support/desk';
import { expect, signInAt, test } from './support/fixtures';
import { theSite } from './support/site';
import { tapWire } from './support/wire-tap';

const drafted = async (reviewId: string): Promise<boolean> => {
  const rows = await ledger('select 1 from review where id = $1 and draft_version > 0', [reviewId]);
  return rows.length > 0;
};

test('check 1: nothing made by the model reaches the browser before the own judgement is stored', async ({
  opened,
  nurse,
}) => {
  const tap = await tapWire(theSite().url);
  const page = await opened({ url: tap.url });
  await signInAt(page, 'nurse1');
  const heard = (text: string) => expect.poll(() => tap.said().includes(text)).toBe(true);
  await heard('event: ready');
  const patient = await arrive(nurse, { complaint: '左侧肢体无力一小时，言语不清' });
  await heard('event: change');
  await page.goto(`/reviews/${patient.reviewId}`);
  await page.locator('.level-choice').waitFor();
  await expect.poll(() => drafted(patient.reviewId), { timeout: 30_000 }).toBe(true);
  // Everything that a nurse may look at before she judges, after the draft is there.
  for (const path of ['/queue', '/reviews', `/reviews/${patient.reviewId}`]) {
    await page.goto(path);
    await page.locator('.queue-table tr, .worklist li').first().waitFor();
  }
  await page.locator('.level-choice').waitFor();
  const [before, html] = [tap.said(), await page.content()];
  await page.keyboard.press('3');
  await page.keyboard.press('Control+Enter');
  await page.locator('.review-draft').waitFor();
  const { draft } = done(await nurse.ask('get', '/api/reviews/{id}', { path: { id: patient.reviewId } }));
  const content = draft?.content as { reasons: { zh: string; en: string }[]; department: string };
  const secrets = [draft?.sha256 ?? '', '仅按规则起草', content.department, content.reasons[0]?.en ?? ''];
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(3);
    // Compared as truths: the texts are megabytes.
    expect([secret, before.includes(secret), html.includes(secret)]).toEqual([secret, false, false]);
    expect([secret, tap.said().includes(secret)]).toEqual([secret, true]);
  }
  expect(before.includes('"draft":null')).toBe(true);
  await tap.stop();
});

test('a person who has not judged is not shown what another was shown', async ({ signedIn, nurse }) => {
  const patient = await arrive(nurse);
  await judge(nurse, patient.reviewId, 'III');
  expect((await lookForDraft(nurse, patient.reviewId, 30_000)).draft).not.toBeNull();
  const page = await signedIn('nurse2');
  await page.goto(`/reviews/${patient.reviewId}`);
  await page.locator('.review').waitFor();
  await expect(page.locator('.review')).toContainText(patient.name);
});
