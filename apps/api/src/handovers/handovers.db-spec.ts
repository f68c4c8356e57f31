import { randomUUID } from 'node:crypto';
import { type UserPrincipal } from '#libs/auth/principal';
import { done, type Ledger, refused, startLedger } from '../../../../test/support/ledger-fixture';
import { arrive, type Desk, level, nurse, openDesk, reviewNow } from '../../../../test/support/review-desk';
import { acknowledge, myNotices } from '../triage/notices';
import { acknowledgeHandover } from './acknowledge-handover';
import { giveHandover } from './give';
import { acknowledgementSchema, handoverReplySchema, handoverSchema, myHandoversSchema } from './handovers.schema';
import { myHandovers } from './view-handover';

describe('the end of a shift', () => {
  let ledger: Ledger;
  let desk: Desk;
  let giver: UserPrincipal;
  let receiver: UserPrincipal;

  beforeAll(async () => {
    ledger = await startLedger();
    desk = openDesk(ledger);
  });
  afterAll(() => ledger.stop());
  beforeEach(async () => {
    giver = await nurse(ledger, '交班护士');
    receiver = await ledger.person(['physician'], { name: '接班医师' });
  });

  const give = (as: UserPrincipal, body: object = {}) =>
    ledger.inTransaction(as, (tx) => giveHandover(desk.deps, tx, { person: as, body: handoverSchema.parse(body) }));
  const answer = (as: UserPrincipal, handoverId: string, body: object) =>
    ledger.inTransaction(as, (tx) =>
      acknowledgeHandover(desk.deps, tx, { person: as, handoverId, body: acknowledgementSchema.parse(body) }),
    );
  const mine = (as: UserPrincipal) => ledger.inTransaction(as, myHandovers(desk.deps, as));
  const notices = async (as: UserPrincipal) =>
    (await ledger.inTransaction(as, myNotices(as))).items.filter(({ kind }) => kind === 'handover');
  const holds = async (as: UserPrincipal, count: number): Promise<string[]> => {
    const ids: string[] = [];
    for (let n = 0; n < count; n += 1) ids.push((await arrive(ledger, as)).reviewId);
    for (const id of ids) await done(desk.claim(as, id));
    return ids;
  };
  /** Which of these reviews a colleague finds on the list, free to be taken. */
  const free = async (as: UserPrincipal, ids: readonly string[]): Promise<string[]> => {
    const { items } = await done(desk.list(as, { limit: 200, unassigned: 'true' }));
    return ids.filter((id) => items.some(({ reviewId }) => reviewId === id));
  };
  const standings = (items: readonly { reviewId: string; standing: string }[], ids: readonly string[]) =>
    ids.map((id) => items.find(({ reviewId }) => reviewId === id)?.standing);
  const audited = async (action: string, entityId: string) =>
    ledger.sql<{ actor_id: string; detail: object }>(
      'select actor_id, detail from audit where action = $1 and entity_id = $2',
      [action, entityId],
    );

  it('offers all three claims to the receiver and hides none: two accepted, the declined one is in the pool', async () => {
    const ids = await holds(giver, 3);
    const colleague = await nurse(ledger);
    const before = myHandoversSchema.parse(await mine(giver));
    expect(before.holding.map(({ reviewId }) => reviewId)).toEqual(ids);
    expect(before.receivers).toContainEqual({ userId: receiver.id, name: '接班医师', reviewIds: ids });
    expect(before.receivers.map(({ userId }) => userId)).not.toContain(giver.id);
    const given = handoverReplySchema.parse(await done(give(giver, { receiverId: receiver.id, note: '三床需复测' })));
    expect(standings(given.items, ids)).toEqual(['offered', 'offered', 'offered']);
    expect(given.items.every(({ receiver: to }) => to?.name === '接班医师')).toBe(true);
    expect(await free(colleague, ids)).toEqual(ids);
    expect((await mine(giver)).holding).toEqual([]);
    expect((await mine(receiver)).received).toMatchObject([{ note: '三床需复测', givenBy: { name: '交班护士' } }]);

    const accepted = await done(answer(receiver, given.handoverId, { answer: 'accept', reviewIds: ids.slice(0, 2) }));
    expect(standings(accepted.items, ids)).toEqual(['accepted', 'accepted', 'offered']);
    expect(await free(colleague, ids)).toEqual(ids.slice(2));
    const declined = await done(answer(receiver, given.handoverId, { answer: 'decline' }));
    expect(standings(declined.items, ids)).toEqual(['accepted', 'accepted', 'declined']);
    expect(await free(colleague, ids)).toEqual(ids.slice(2));
    expect((await reviewNow(ledger, ids[0]!)).claimedBy).toBe(receiver.id);
    await done(desk.claim(colleague, ids[2]!));

    const view = await done(desk.view(colleague, ids[0]!));
    expect(view.events.map(({ kind, by, data }) => [kind, by, data['from'], data['to']])).toMatchObject([
      ['claimed', '交班护士', undefined, undefined],
      ['handed-over', '交班护士', '交班护士', '接班医师'],
      ['claimed', '接班医师', undefined, undefined],
      ['handover-accepted', '接班医师', '交班护士', undefined],
    ]);
    expect(await audited('handover.give', given.handoverId)).toMatchObject([{ actor_id: giver.id }]);
    expect((await audited('handover.acknowledge', given.handoverId)).map(({ actor_id }) => actor_id)).toEqual([
      receiver.id,
      receiver.id,
    ]);
    const changes = await ledger.sql('select from change_feed where topic = $1 and entity_id = $2', [
      'handover',
      given.handoverId,
    ]);
    expect(changes).toHaveLength(3);
  });

  it('tells the receiver and nobody else, until everything is answered', async () => {
    await holds(giver, 2);
    const { handoverId } = await done(give(giver, { receiverId: receiver.id }));
    const other = await ledger.person(['physician']);
    expect([await notices(receiver), await notices(other)]).toMatchObject([[{ data: { handoverId } }], []]);
    const [notice] = await notices(receiver);
    expect((await refused(ledger.inTransaction(other, acknowledge(other, notice!.id)))).code).toBe('NOT_FOUND');
    await done(answer(receiver, handoverId, { answer: 'accept' }));
    expect([await notices(receiver), (await mine(receiver)).received, (await mine(giver)).given]).toEqual([[], [], []]);
  });

  it('tells nobody any more once all of it was decided by others', async () => {
    const [held] = await holds(giver, 1);
    await done(give(giver, { receiverId: receiver.id }));
    expect(await notices(receiver)).toHaveLength(1);
    await done(desk.decide(await nurse(ledger), held!, { content: level('II') }));
    expect([await notices(receiver), (await mine(receiver)).received]).toEqual([[], []]);
  });

  it('gives back to the pool what no receiver is named for, with a note on the patient in its history', async () => {
    const [first, second] = await holds(giver, 2);
    const items = [{ reviewId: first, note: '家属在走廊' }];
    const given = await done(give(giver, { receiverId: receiver.id, items }));
    expect(standings(given.items, [first!, second!])).toEqual(['pool', 'offered']);
    expect(await free(receiver, [first!, second!])).toHaveLength(2);
    expect((await mine(receiver)).received[0]?.items.map(({ reviewId }) => reviewId)).toEqual([second]);
    const { events } = await done(desk.view(receiver, first!));
    expect(events.at(-1)).toMatchObject({ kind: 'handed-over', note: '家属在走廊', data: { to: null } });
    const stored = await ledger.sql(
      `select to_jsonb(h) h, (select jsonb_agg(to_jsonb(e)) from review_event e) e, (select jsonb_agg(to_jsonb(a)) from audit a) a
       from shift_handover h`,
    );
    expect(JSON.stringify(stored)).not.toMatch(/家属|三床/);
  });

  it('takes no note for receivers where there is none', async () => {
    const [held] = await holds(giver, 1);
    expect(await refused(give(giver, { note: '三床需复测' }))).toMatchObject({
      code: 'VALIDATION_FAILED',
      detail: { paths: ['note'] },
    });
    expect((await reviewNow(ledger, held!)).claimedBy).toBe(giver.id);
  });

  it('is recorded where nothing was held, too', async () => {
    const given = await done(give(giver));
    expect(given).toMatchObject({ items: [], dropped: [] });
    expect(await done(give(giver))).toEqual(given);
    expect(await audited('handover.give', given.handoverId)).toHaveLength(1);
  });

  it('answers a second click the same, of either person', async () => {
    const ids = await holds(giver, 2);
    const first = await done(give(giver, { receiverId: receiver.id }));
    expect(await done(give(giver, { receiverId: receiver.id }))).toEqual(first);
    const accept = { answer: 'accept', reviewIds: ids };
    const accepted = await done(answer(receiver, first.handoverId, accept));
    expect(await done(answer(receiver, first.handoverId, accept))).toEqual(accepted);
    const events = await ledger.sql(`select from review_event where review_id = $1 and kind like 'hand%'`, [ids[0]]);
    expect(events).toHaveLength(2);
    const after = await done(answer(receiver, first.handoverId, { answer: 'decline', reviewIds: ids.slice(0, 1) }));
    expect(after.results).toMatchObject([{ outcome: 'refused', code: 'CONFLICT', detail: { answered: 'accepted' } }]);
    const [again] = await holds(giver, 1);
    const next = await done(give(giver));
    expect(next.handoverId).not.toBe(first.handoverId);
    expect(standings(next.items, [again!])).toEqual(['pool']);
  });

  it('refuses a receiver without the role for one of the reviews, or the giver, and then nothing is given', async () => {
    const ids = await holds(giver, 2);
    const coder = await ledger.person(['coder']);
    const elsewhere = await ledger.person(['physician'], { ward: ledger.otherWard });
    const gone = await ledger.person(['physician']);
    await ledger.sql('update app_user set disabled_at = now() where id = $1', [gone.id]);
    for (const { id } of [coder, elsewhere, gone, giver, { id: randomUUID() }]) {
      const items = [{ reviewId: ids[1], receiverId: id }];
      expect(await refused(give(giver, { receiverId: receiver.id, items }))).toMatchObject({
        code: 'RECEIVER_NOT_ENTITLED',
        detail: { reviews: [ids[1]] },
      });
    }
    expect((await mine(giver)).holding).toHaveLength(2);
    expect(await ledger.sql('select from shift_handover where given_by = $1', [giver.id])).toEqual([]);
  });

  it('offers nobody the second signature over their own first one', async () => {
    const { reviewId } = await arrive(ledger, giver);
    await done(desk.decide(receiver, reviewId, { content: level('III'), reasonCode: 'clinical-judgement' }));
    const charge = await ledger.person(['charge_nurse']);
    await done(desk.claim(charge, reviewId));
    expect((await refused(give(charge, { receiverId: receiver.id }))).code).toBe('RECEIVER_NOT_ENTITLED');
  });

  it('takes no answer from whoever lost the role, was not asked, or comes too late', async () => {
    const ids = await holds(giver, 3);
    const { handoverId } = await done(give(giver, { receiverId: receiver.id }));
    for (const stranger of [await nurse(ledger), giver])
      expect((await refused(answer(stranger, handoverId, { answer: 'accept' }))).code).toBe('NOT_FOUND');
    const colleague = await nurse(ledger, '王护士');
    await done(desk.decide(colleague, ids[0]!, { content: level('II') }));
    await done(desk.claim(colleague, ids[1]!));
    expect(standings((await mine(receiver)).received[0]!.items, ids)).toEqual(['decided', 'taken', 'offered']);
    const late = await done(answer(receiver, handoverId, { answer: 'accept', reviewIds: [...ids, randomUUID()] }));
    expect(late.results).toMatchObject([
      { code: 'ALREADY_DECIDED', detail: { decidedBy: '王护士' } },
      { code: 'CLAIM_HELD', detail: { holderName: '王护士' } },
      { outcome: 'accepted' },
      { code: 'NOT_FOUND' },
    ]);
    const [offered] = await holds(giver, 1);
    const next = await done(give(giver, { receiverId: receiver.id }));
    await ledger.sql('delete from role_grant where user_id = $1', [receiver.id]);
    const without = await done(answer(receiver, next.handoverId, { answer: 'accept' }));
    expect(without.results).toMatchObject([{ reviewId: offered, outcome: 'refused', code: 'FORBIDDEN' }]);
    expect(await free(colleague, [offered!])).toEqual([offered]);
  });

  it('drops what was decided meanwhile, and says why', async () => {
    const ids = await holds(giver, 3);
    await done(desk.decide(giver, ids[0]!, { content: level('II') }));
    await done(desk.release(giver, ids[1]!));
    const items = [...ids, randomUUID()].map((reviewId) => ({ reviewId, receiverId: receiver.id }));
    const given = await done(give(giver, { items }));
    expect(given.items.map(({ reviewId }) => reviewId)).toEqual([ids[2]]);
    expect(given.dropped.map(({ because }) => because)).toEqual(['decided', 'not-held', 'not-held']);
  });

  it('leaves nothing stranded behind a lease that ran out, a person who is disabled, or a receiver who never answers', async () => {
    const ids = await holds(giver, 3);
    await ledger.sql(`update review set lease_expires_at = now() - interval '1 second' where id = $1`, [ids[0]]);
    const colleague = await nurse(ledger);
    expect(await free(colleague, ids)).toEqual(ids.slice(0, 1));
    const { items, handoverId } = await done(give(giver, { receiverId: receiver.id }));
    expect(standings(items, ids)).toEqual([undefined, 'offered', 'offered']);
    await ledger.sql('update app_user set disabled_at = now() where id = any($1)', [[giver.id, receiver.id]]);
    expect(await free(colleague, ids)).toEqual(ids);
    expect((await done(answer(receiver, handoverId, { answer: 'accept' }))).results).toMatchObject([
      { code: 'FORBIDDEN' },
      { code: 'FORBIDDEN' },
    ]);
    for (const id of ids) await done(desk.claim(colleague, id));
  });

  it('is one handover when both clicks come at once, and one holder when everybody answers at once', async () => {
    const ids = await holds(giver, 3);
    const both = await Promise.all([
      give(giver, { receiverId: receiver.id }),
      give(giver, { receiverId: receiver.id }),
    ]);
    const given = await Promise.all(both.map((one) => done(Promise.resolve(one))));
    expect(new Set(given.map(({ handoverId }) => handoverId)).size).toBe(1);
    const { handoverId } = given[0]!;
    const colleague = await nurse(ledger);
    const accept = { answer: 'accept', reviewIds: ids };
    await Promise.all([
      done(answer(receiver, handoverId, accept)),
      done(desk.claimMany(colleague, ids.toReversed())),
      done(answer(receiver, handoverId, accept)),
    ]);
    for (const id of ids) {
      const { claimedBy } = await reviewNow(ledger, id);
      expect([receiver.id, colleague.id]).toContain(claimedBy);
    }
  });
});
