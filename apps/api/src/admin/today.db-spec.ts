import { type UserPrincipal } from '#libs/auth/principal';
import { storeDraftFailure } from '#libs/db/stores/draft.store';
import { insertSwitch } from '#libs/db/stores/manual-switch.store';
import { acuity } from '#libs/processes/triage/triage.contract';
import { done, type Ledger, startLedger } from '../../../../test/support/ledger-fixture';
import { acuityDraft, arrive, level, offerDraft } from '../../../../test/support/review-desk';
import { freshDesk, openTriage, type TriageDesk } from '../../../../test/support/triage-fixture';
import { showToday } from './today';
import { type Today } from './today.schema';

jest.setTimeout(120_000);

/* A zone in which it is about noon, so that no midnight falls into the test. */
const zoneAtNoon = (): string => {
  const offset = 12 - new Date().getUTCHours();
  return `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
};

describe('the day in figures', () => {
  let ledger: Ledger;
  let desk: Ledger;
  let triage: TriageDesk;
  let nurse: UserPrincipal;
  let auditor: UserPrincipal;
  let today: Today;

  const shownTo = (as: UserPrincipal): Promise<Today> => done(ledger.inTransaction(as, showToday({ timeScale: 1 })));
  const started = (caseId: string, secondsAgo: number) =>
    ledger.sql(`update triage_case set clock_started_at = now() - $2 * interval '1 second' where case_id = $1`, [
      caseId,
      secondsAgo,
    ]);

  beforeAll(async () => {
    ledger = await startLedger();
    await ledger.sql('update organisation set time_zone = $1', [zoneAtNoon()]);
    ({ desk, nurse } = await freshDesk(ledger));
    triage = openTriage(desk);
    auditor = await ledger.person(['auditor'], { ward: null });
    await fill();
    today = await shownTo(auditor);
  });

  afterAll(() => ledger?.stop());

  /* Level II: called, decided over a draft, and two on the rules alone; III: over its limit, and one seen; one unassessed. */
  const fill = async (): Promise<void> => {
    const called = await triage.arrive(nurse);
    await done(triage.sign(nurse, called.caseId, 'II'));
    await done(triage.move(nurse, called.caseId, { move: 'call', room: '1' }));
    const late = await triage.arrive(nurse);
    await done(triage.sign(nurse, late.caseId, 'III'));
    await started(late.caseId, 2400);
    const seen = await triage.arrive(nurse);
    await done(triage.sign(nurse, seen.caseId, 'III'));
    await done(triage.move(nurse, seen.caseId, { move: 'call', room: '2' }));
    await started(seen.caseId, 600);
    await done(triage.move(nurse, seen.caseId, { move: 'see' }));
    await triage.arrive(nurse, null);
    const drafted = await arrive(desk, nurse);
    await offerDraft(desk, drafted.reviewId, { draft: acuityDraft('II'), gate: acuity as never });
    await done(triage.desk.judge(nurse, drafted.reviewId, { level: 'II', note: '' }));
    await done(triage.desk.approve(nurse, drafted.reviewId));
    const unseen = await arrive(desk, nurse);
    await offerDraft(desk, unseen.reviewId, { draft: acuityDraft('II'), gate: acuity as never, show: false });
    await ledger.sql(`update review set due_at = now() - interval '1 minute' where id = $1`, [unseen.reviewId]);
    const { reviewId } = await arrive(desk, nurse);
    const failure = { reviewId, redraftRound: 0, code: 'MODEL_TIMEOUT', reason: 'total', record: {} };
    await ledger.inTransaction(ledger.worker, (tx) => storeDraftFailure(tx, failure));
  };

  it('counts who waits, by level', () => {
    const of = (wanted: string | null) => today.queue.levels.find((row) => row.level === wanted);
    const none = { waiting: 0, called: 0, provisional: 0, overLimit: 0, breachesToday: 0 };
    expect(of(null)).toEqual({ ...none, level: null, waiting: 1 });
    expect(of('II')).toEqual({ ...none, level: 'II', waiting: 3, called: 1, provisional: 2 });
    expect(of('III')).toEqual({ ...none, level: 'III', waiting: 1, overLimit: 1, breachesToday: 1 });
    expect(of('I')).toEqual({ ...none, level: 'I' });
    expect(today.queue).toMatchObject({ seenToday: 1, breachesToday: 1 });
    const { averageWaitSeconds, longestWaitSeconds } = today.queue;
    for (const [measured, least] of [
      [averageWaitSeconds, 600],
      [longestWaitSeconds, 2400],
    ] as const) {
      expect(measured).toBeGreaterThanOrEqual(least);
      expect(measured).toBeLessThan(least + 120);
    }
  });

  it('counts what waits for a person at each gate, with the oldest and the overdue', async () => {
    const [{ oldest }] = (await ledger.sql<{ oldest: Date }>(
      `select min(opened_at) oldest from review where state = 'open'`,
    )) as [{ oldest: Date }];
    expect(today.reviews).toEqual([
      {
        process: 'triage',
        step: 'acuity',
        waiting: 2,
        awaitingSecond: 0,
        deferred: 0,
        overdue: 1,
        oldestOpenedAt: oldest.toISOString(),
      },
    ]);
  });

  it('counts decisions and drafts, and tells automation only beside agreement', () => {
    const same = { n: 1, same: 1, moreUrgent: 0, lessUrgent: 0 };
    expect(today.processes).toEqual([
      expect.objectContaining({
        process: 'triage',
        decisions: { approve: 1, amend: 0, manual: 3, reject: 0 },
        drafts: { shown: 1, stored: 1, failed: [{ code: 'MODEL_TIMEOUT', n: 1 }] },
        automation: {
          decided: 4,
          unchanged: 1,
          rate: 0.25,
          agreement: { ownAndDraft: same, draftAndSigned: same },
          truncated: false,
        },
      }),
    ]);
  });

  it('tells no rate where nobody can be set beside a draft', async () => {
    const other = await freshDesk(ledger);
    const alone = openTriage(other.desk);
    const { caseId } = await alone.arrive(other.nurse);
    await done(alone.sign(other.nurse, caseId, { content: level('III') }));
    const charge = await other.desk.person(['charge_nurse']);
    const [{ automation }] = (await shownTo(charge)).processes as [Today['processes'][number]];
    expect(automation).toMatchObject({ decided: 1, unchanged: 0, rate: null, agreement: { ownAndDraft: { n: 0 } } });
  });

  it('keeps to the wards where somebody oversees, not to those where they also work', async () => {
    const both = await desk.person(['triage_nurse']);
    const mixed: UserPrincipal = {
      ...both,
      grants: [...both.grants, { role: 'charge_nurse', wardId: ledger.otherWard }],
    };
    const { queue, reviews, processes } = await shownTo(mixed);
    expect(queue).toMatchObject({ seenToday: 0, averageWaitSeconds: null, longestWaitSeconds: null, breachesToday: 0 });
    expect(queue.levels.every(({ waiting, called }) => waiting + called === 0)).toBe(true);
    expect(reviews).toEqual([expect.objectContaining({ step: 'acuity', waiting: 0, oldestOpenedAt: null })]);
    expect(processes[0]).toMatchObject({
      decisions: { manual: 0, approve: 0 },
      drafts: { shown: 0, stored: 0, failed: [] },
      automation: { decided: 0, rate: null },
    });
    const charge = await desk.person(['charge_nurse']);
    expect((await shownTo(charge)).processes[0]?.decisions).toEqual(today.processes[0]?.decisions);
  });

  it('shows the rollout, and the manual switch with its reason and its end', async () => {
    expect(today.processes[0]?.rollout).toMatchObject({ mode: 'draft', switches: [] });
    const admin = await ledger.person(['system_admin'], { ward: null });
    const order = { process: 'triage', reason: '模型服务器维护', hours: 2 };
    const set = await ledger.inTransaction(admin, (tx) => insertSwitch(tx, order));
    expect((await shownTo(auditor)).processes[0]?.rollout).toMatchObject({
      effective: { mode: 'off', because: 'manual-switch', until: set.expiresAt.toISOString() },
      switches: [{ reason: '模型服务器维护', setBy: admin.id, expiresAt: set.expiresAt.toISOString() }],
    });
  });

  it('says nothing of a patient', () => {
    expect(JSON.stringify(today)).not.toMatch(/李明|胸痛|腹痛|1970|caseId|reviewId/);
  });
});
