import { type UserPrincipal } from '#libs/auth/principal';
import { lockCase } from '#libs/db/stores/case.store';
import { type NewNotice, raiseNotice } from '#libs/db/stores/notice.store';
import { openTask } from '#libs/db/stores/task.store';
import { done, type Ledger, refused, startLedger, within } from '../../../../test/support/ledger-fixture';
import { freshDesk, openTriage, type TriageDesk } from '../../../../test/support/triage-fixture';
import { acknowledge, myNotices } from './notices';
import { myTasks } from './tasks';

describe('the worklist', () => {
  let whole: Ledger;
  let ledger: Ledger;
  let triage: TriageDesk;
  let nurse: UserPrincipal;

  beforeAll(async () => {
    whole = await startLedger();
  });

  beforeEach(async () => {
    ({ desk: ledger, nurse } = await freshDesk(whole));
    triage = openTriage(ledger);
  });

  afterAll(() => whole?.stop());

  let last = 0;
  const raise = (notice: Partial<NewNotice>) =>
    within(
      ledger,
      ledger.worker,
    )((tx) => raiseNotice(tx, { kind: 'breach', audience: 'triage_nurse', uniqueKey: `n${(last += 1)}`, ...notice }));
  const noticesOf = async (person: UserPrincipal) => (await within(ledger, person)(myNotices(person))).items;
  const kinds = async (person: UserPrincipal) => (await noticesOf(person)).map(({ kind }) => kind);
  const ack = (person: UserPrincipal, id: string) => within(ledger, person)(acknowledge(person, id));

  describe('notices', () => {
    it('are for the role they name, on its ward', async () => {
      const { caseId } = await triage.arrive(nurse);
      await raise({ kind: 'breach', wardId: ledger.ward, caseId, data: { step: 1 } });
      await raise({ kind: 'elsewhere', wardId: ledger.otherWard });
      await raise({ kind: 'for-all', wardId: null });
      await raise({ kind: 'not-yours', audience: 'charge_nurse', wardId: ledger.ward });
      expect(await noticesOf(nurse)).toEqual([
        expect.objectContaining({ kind: 'breach', caseId, ticketNo: 1, data: { step: 1 } }),
        expect.objectContaining({ kind: 'for-all', caseId: null, ticketNo: null }),
      ]);
      const everywhere = await ledger.person(['triage_nurse'], { ward: null });
      expect(await kinds(everywhere)).toEqual(['breach', 'elsewhere', 'for-all']);
      await done(ack(nurse, (await noticesOf(nurse)).at(-1)!.id));
    });

    it('have the screens of the ward read theirs again, once however often they are raised', async () => {
      const changes = () =>
        ledger.sql(`select from change_feed where topic = 'notice' and ward_id = $1`, [ledger.ward]);
      expect(await raise({ uniqueKey: 'twice', wardId: ledger.ward })).toBe(true);
      expect(await raise({ uniqueKey: 'twice', wardId: ledger.ward })).toBe(false);
      expect(await changes()).toHaveLength(1);
    });

    it('say nothing about who the patient is', async () => {
      const { caseId } = await triage.arrive(nurse, { complaint: '腹痛一天' });
      await raise({ wardId: ledger.ward, caseId });
      expect(JSON.stringify(await noticesOf(nurse))).not.toMatch(/李明|腹痛/);
    });

    it('of a patient who has gone, or of a review that is over, are gone too; conflicts stay', async () => {
      const { caseId, assessment } = await triage.arrive(nurse);
      const reviewId = assessment!.reviewId!;
      for (const kind of ['review-waiting', 'review-escalated'])
        await raise({ kind, wardId: ledger.ward, caseId, reviewId });
      await done(triage.sign(nurse, caseId, 'III'));
      expect(await kinds(nurse)).toEqual([]);
      await raise({ kind: 'breach', wardId: ledger.ward, caseId });
      await raise({ kind: 'cancel-conflict', wardId: ledger.ward, caseId });
      expect(await kinds(nurse)).toEqual(['breach', 'cancel-conflict']);
      await done(triage.move(nurse, caseId, { move: 'leave' }));
      expect(await kinds(nurse)).toEqual(['cancel-conflict']);
    });

    it('are acknowledged once: the second is told who was first', async () => {
      const { caseId } = await triage.arrive(nurse);
      await raise({ wardId: ledger.ward, caseId });
      const { id } = (await noticesOf(nurse))[0]!;
      const second = await ledger.person(['triage_nurse'], { name: '王护士' });
      const [a, b] = [await done(ack(nurse, id)), await done(ack(second, id))];
      expect(a.acknowledgedBy).toBe('林护士');
      expect(b).toEqual(a);
      expect(await kinds(nurse)).toEqual([]);
      const told = (await triage.told(caseId)).filter(({ action }) => action === 'notice.acknowledge');
      expect(told).toHaveLength(1);
    });

    it('of others cannot be acknowledged', async () => {
      await raise({ kind: 'theirs', audience: 'charge_nurse', wardId: ledger.ward });
      const charge = await ledger.person(['charge_nurse']);
      const { id } = (await noticesOf(charge))[0]!;
      expect((await refused(ack(nurse, id))).code).toBe('NOT_FOUND');
      const elsewhere = await ledger.person(['charge_nurse'], { ward: ledger.otherWard });
      expect((await refused(ack(elsewhere, id))).code).toBe('NOT_FOUND');
      expect(await kinds(charge)).toEqual(['theirs']);
    });
  });

  describe('tasks', () => {
    const ask = (caseId: string, minutes: number) =>
      within(
        ledger,
        ledger.worker,
      )(async (tx) => {
        const of = await lockCase(tx, caseId);
        const dueAt = new Date(Date.now() + minutes * 60_000);
        await openTask(tx, of!, { kind: 're-assessment', key: `t${(last += 1)}`, dueAt });
      });

    it('are those that are open at the desk, the most overdue first', async () => {
      const [one, two, gone] = [await triage.arrive(nurse), await triage.arrive(nurse), await triage.arrive(nurse)];
      await ask(one.caseId, 5);
      await ask(two.caseId, -5);
      await ask(gone.caseId, -9);
      await done(triage.move(nurse, gone.caseId, { move: 'leave' }));
      const { items } = await within(ledger, nurse)(myTasks);
      expect(items.map(({ caseId, overdue, ticketNo }) => [caseId, overdue, ticketNo])).toEqual([
        [two.caseId, true, 2],
        [one.caseId, false, 1],
      ]);
      expect(JSON.stringify(items)).not.toContain('李明');
      const elsewhere = await ledger.person(['triage_nurse'], { ward: ledger.otherWard });
      expect((await within(ledger, elsewhere)(myTasks)).items).toEqual([]);
    });
  });
});
