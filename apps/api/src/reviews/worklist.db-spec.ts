import { type UserPrincipal } from '#libs/auth/principal';
import { acuity } from '#libs/processes/triage/triage.contract';
import { done, startLedger, type Ledger } from '../../../../test/support/ledger-fixture';
import {
  acuityDraft,
  arrive,
  type Desk,
  level,
  nurse,
  offerDraft,
  openDesk,
} from '../../../../test/support/review-desk';
import { worklistPage } from './worklist.schema';

describe('the list of reviews', () => {
  let ledger: Ledger;
  let desk: Desk;
  let who: UserPrincipal;
  beforeAll(async () => {
    ledger = await startLedger();
    desk = openDesk(ledger);
    who = await nurse(ledger, '王护士');
    for (let n = 0; n < 5; n += 1) await arrive(ledger, who);
  });
  afterAll(() => ledger.stop());

  it('pages through what waits, the first due first, without a word of a draft', async () => {
    const reader = await ledger.person(['triage_nurse'], { ward: ledger.ward });
    const { reviewId } = await arrive(ledger, who);
    await offerDraft(ledger, reviewId, { draft: acuityDraft('II', { department: '金丝雀科' }), gate: acuity });
    const all = await done(desk.list(reader, { limit: 200 }));
    expect(worklistPage.parse(all)).toEqual(all);
    expect(JSON.stringify(all)).not.toContain('金丝雀');
    const due = all.items.map(({ dueAt }) => dueAt);
    expect(due).toEqual(due.toSorted());
    const walked: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await done(desk.list(reader, { limit: 3, ...(cursor === undefined ? {} : { cursor }) }));
      walked.push(...page.items.map((item) => item.reviewId));
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(walked).toEqual(all.items.map((item) => item.reviewId));
    const [audited] = await ledger.sql<{ case_ids: string[] }>(
      `select case_ids from audit where action = 'review-list.shown' and actor_id = $1 order by at limit 1`,
      [reader.id],
    );
    expect(audited?.case_ids.toSorted()).toEqual(all.items.map(({ caseId }) => caseId).toSorted());
  });

  it('narrows by process, state, holder and lateness', async () => {
    const [mine, free, tardy, over] = [
      await arrive(ledger, who),
      await arrive(ledger, who),
      await arrive(ledger, who),
      await arrive(ledger, who),
    ];
    await done(desk.claim(who, mine.reviewId));
    await ledger.sql(`update review set due_at = now() - interval '1 minute' where id = $1`, [tardy.reviewId]);
    await done(desk.decide(who, over.reviewId, { content: level('II') }));
    const ids = async (query: object) =>
      (await done(desk.list(who, { limit: 200, ...query }))).items.map((item) => item.reviewId);
    expect(await ids({ mine: 'true' })).toEqual([mine.reviewId]);
    const unassigned = await ids({ unassigned: 'true' });
    expect([unassigned.includes(free.reviewId), unassigned.includes(mine.reviewId)]).toEqual([true, false]);
    expect(await ids({ overdue: 'true' })).toEqual([tardy.reviewId]);
    expect(await ids({ state: 'decided' })).toContain(over.reviewId);
    expect(await ids({})).not.toContain(over.reviewId);
    expect(await ids({ process: 'coding' })).toEqual([]);
  });

  it('reaches no other ward, and nobody without a part', async () => {
    const elsewhere = await ledger.person(['triage_nurse'], { ward: ledger.otherWard });
    expect((await done(desk.list(elsewhere))).items).toEqual([]);
    expect((await done(desk.list(await ledger.person(['coder'], { ward: null })))).items).toEqual([]);
    const everywhere = await ledger.person(['physician'], { ward: null });
    expect((await done(desk.list(everywhere))).items.length).toBeGreaterThan(0);
  });
});
