import fc from 'fast-check';
import { type UserPrincipal } from '#libs/auth/principal';
import { type Level } from '#libs/processes/triage/triage.level';
import { compareQueue } from '#libs/processes/triage/triage.queue';
import { done, type Ledger, refused, startLedger, within } from '../../../../test/support/ledger-fixture';
import { calm, freshCursors, freshDesk, openTriage, type TriageDesk } from '../../../../test/support/triage-fixture';
import { type QueueAnswer, showQueue } from './queue';
import { myTasks } from './tasks';
import { queueQuerySchema } from './triage.schema';

describe('the queue', () => {
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

  const look = (query: Readonly<Record<string, string>> = {}, { as = nurse, timeScale = 1 } = {}) =>
    within(
      ledger,
      as,
    )((tx) => showQueue(tx, { query: queueQuerySchema.parse(query), timeScale, cursors: freshCursors }));
  const queue = (query?: Readonly<Record<string, string>>): Promise<QueueAnswer> => done(look(query));
  const waitSince = (caseId: string, minutes: number) =>
    ledger.sql(
      `update triage_case set clock_started_at = now() - $2 * interval '1 minute',
         arrived_at = now() - ($2 + 5) * interval '1 minute' where case_id = $1`,
      [caseId, minutes],
    );

  it('shows of each patient what the desk works with', async () => {
    const { caseId } = await triage.arrive(nurse, {
      vitals: { ...calm, spo2: 90, pulse: 112 },
      complaint: '胸闷气促\n第二行',
      flags: { pregnant: false, feverContact: true, indicators: ['shock'] },
      measuredAt: new Date(Date.now() - 3_600_000).toISOString(),
    });
    await done(triage.assess(nurse, caseId, { vitals: {}, complaint: '', flags: {} }));
    const review = (await triage.openReviewOf(caseId))!;
    await ledger.sql(`update review set claimed_by = $2, lease_expires_at = now() + interval '5 min' where id = $1`, [
      review.id,
      nurse.id,
    ]);
    await waitSince(caseId, 20);
    const { rows } = await queue();
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      caseId,
      version: (await triage.caseNow(caseId)).version,
      ticketNo: 1,
      state: 'assessing',
      moves: ['call', 'leave', 'cancel'],
      patient: { name: '李明', sex: 'male', age: { zh: '56岁', en: '56 y' }, ageEstimated: false },
      complaint: '胸闷气促',
      level: 'II',
      floor: 'II',
      provisional: true,
      earlyWarning: { points: 5, incomplete: true, redScore: true },
      flags: ['feverContact', 'shock'],
      limitSeconds: 600,
      overLimit: true,
      staleVitals: true,
      review: { id: review.id, state: 'open', version: review.version, claimedBy: nurse.name },
    });
    expect(rows[0]!.waitedSeconds).toBeGreaterThanOrEqual(1200);
    expect(rows[0]!.breachRatio).toBeCloseTo(2, 1);
    expect(rows[0]!.reassessOverdue).toBe(false);
  });

  it('masks names and leaves complaints out on a shared screen', async () => {
    await triage.arrive(nurse, { complaint: '隐私' });
    await done(triage.register(nurse, { patient: { unidentified: true } }));
    const { rows } = await queue({ masked: 'true' });
    expect(rows.map(({ patient }) => patient.name)).toEqual([expect.stringMatching(/^无名氏-/), '李*']);
    expect(JSON.stringify(rows)).not.toMatch(/隐私|李明/);
  });

  it('is in the order of the pure comparator, whatever the patients', async () => {
    const levels: (Level | null)[] = ['I', 'II', 'III', 'IV', 'IVa', 'IVb', null];
    const patient = fc.record({
      level: fc.constantFrom(...levels),
      waited: fc.integer({ min: 0, max: 200 }),
      points: fc.integer({ min: 0, max: 20 }),
      special: fc.boolean(),
      arrived: fc.integer({ min: 200, max: 400 }),
    });
    const sample = fc.sample(patient, { numRuns: 40, seed: 7 });
    for (const one of sample) {
      const { caseId } = await triage.arrive(nurse, null);
      await ledger.sql(
        `update triage_case set level = $2, floor = $2, early_warning = $3, special_group = $4,
           clock_started_at = case when $2::text is not null then date_trunc('minute', now()) - $5 * interval '1 minute' end,
           arrived_at = date_trunc('minute', now()) - $6 * interval '1 minute' where case_id = $1`,
        [caseId, one.level, one.points, one.special, one.waited, one.arrived],
      );
    }
    const { rows, at } = await queue();
    const raw = await ledger.sql<{
      id: string;
      level: Level | null;
      started: Date | null;
      arrived: Date;
      points: number;
      special: boolean;
    }>(
      `select case_id id, level, clock_started_at started, arrived_at arrived, early_warning points, special_group special from triage_case where ward_id = $1`,
      [ledger.ward],
    );
    const expected = raw
      .map(({ started, arrived, special, ...one }) => ({
        ...one,
        clockStartedAt: started?.getTime() ?? null,
        arrivedAt: arrived.getTime(),
        specialGroup: special,
      }))
      .toSorted(compareQueue({ now: Date.parse(at) }))
      .map(({ id }) => id);
    expect(rows.map(({ caseId }) => caseId)).toEqual(expected);
    expect(rows).toHaveLength(40);
  });

  it('orders by breach as contract time passes here', async () => {
    const [early, late] = [await triage.arrive(nurse), await triage.arrive(nurse)];
    await ledger.sql('update triage_case set early_warning = 9 where case_id = $1', [early.caseId]);
    await waitSince(late.caseId, 3);
    const order = async (timeScale: number) => (await done(look({}, { timeScale }))).rows.map(({ caseId }) => caseId);
    expect(await order(1)).toEqual([early.caseId, late.caseId]);
    expect(await order(0.05)).toEqual([late.caseId, early.caseId]);
  });

  it('narrows to desk, state and level, and measures everybody who waits', async () => {
    const two = await triage.arrive(nurse, { vitals: { ...calm, spo2: 85 } });
    const four = await triage.arrive(nurse);
    const fresh = await triage.arrive(nurse, null);
    await done(triage.sign(nurse, four.caseId, 'IV'));
    await waitSince(two.caseId, 15);
    const { rows, metrics } = await queue({ level: 'II,III' });
    expect(rows.map(({ caseId }) => caseId)).toEqual([two.caseId]);
    expect(metrics).toMatchObject({ waiting: 3, overLimit: 1, byLevel: { I: 0, II: 1, III: 0, IV: 1, none: 1 } });
    expect(metrics.longestWaitSeconds).toBeGreaterThanOrEqual(900);
    expect((await queue({ state: 'awaiting-assessment' })).rows.map(({ caseId }) => caseId)).toEqual([fresh.caseId]);
    expect((await queue({ wardId: ledger.ward, state: 'waiting' })).rows.map(({ caseId }) => caseId)).toEqual([
      four.caseId,
    ]);
  });

  it('is read in pages: nobody twice, nobody left out, each page audited with whom it shows', async () => {
    for (let i = 0; i < 7; i++) {
      const { caseId } = await triage.arrive(nurse, i === 3 ? null : {});
      await waitSince(caseId, 3 * i);
    }
    const all = (await queue()).rows.map(({ caseId }) => caseId);
    const pages: QueueAnswer[] = [];
    for (let next: string | null = ''; next !== null; next = pages.at(-1)?.next ?? null)
      pages.push(await queue({ limit: '3', ...(next !== '' && { cursor: next }) }));
    expect(pages.map(({ rows }) => rows.map(({ caseId }) => caseId))).toEqual([
      all.slice(0, 3),
      all.slice(3, 6),
      all.slice(6),
    ]);
    expect(pages.map(({ metrics }) => metrics.waiting)).toEqual([7, 7, 7]);
    const audited = await ledger.sql<{ case_ids: string[] }>(
      `select case_ids from audit where action = 'triage-queue.shown' and actor_id = $1 order by at offset 1`,
      [nurse.id],
    );
    expect(audited.map(({ case_ids }) => case_ids)).toEqual(pages.map(({ rows }) => rows.map(({ caseId }) => caseId)));
  });

  it('goes on with the same queue only', async () => {
    for (let i = 0; i < 2; i++) await triage.arrive(nurse);
    const { next: cursor } = await queue({ limit: '1' });
    await expect(look({ limit: '1', cursor: cursor!, level: 'IV' })).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
    });
    await expect(look({ cursor: 'made.up.cursor' })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    expect(() => queueQuerySchema.parse({ limit: '201' })).toThrow();
  });

  it('counts a wait until the patient is seen, and forgets an undone one', async () => {
    const { caseId } = await triage.arrive(nurse);
    await waitSince(caseId, 30);
    await done(triage.move(nurse, caseId, { move: 'call', room: '1' }));
    await done(triage.move(nurse, caseId, { move: 'see' }));
    const { rows, metrics } = await queue({ state: 'seen' });
    expect(rows[0]).toMatchObject({ caseId, reassessAt: null, reassessOverdue: false });
    expect(rows[0]!.waitedSeconds).toBeGreaterThanOrEqual(1800);
    expect(metrics).toMatchObject({ waiting: 0, seenToday: 1, longestWaitSeconds: null });
    expect(metrics.averageWaitTodaySeconds! / 60).toBeCloseTo(30, 0);
    await done(triage.undo(nurse, caseId));
    expect((await queue()).metrics).toMatchObject({ waiting: 1, seenToday: 0, averageWaitTodaySeconds: null });
  });

  it('leaves out who has gone', async () => {
    const { caseId } = await triage.arrive(nurse);
    await done(triage.move(nurse, caseId, { move: 'leave' }));
    expect((await queue()).rows).toEqual([]);
  });

  it('is audited in one row with every case it shows, and shows nothing when it cannot be', async () => {
    const [a, b] = [await triage.arrive(nurse), await triage.arrive(nurse)];
    const other = await triage.arrive(nurse, { vitals: { ...calm, spo2: 85 } });
    await queue({ level: 'IV' });
    const rows = await ledger.sql<{ case_ids: string[]; actor_id: string; outcome: string }>(
      `select case_ids, actor_id, outcome from audit where action = 'triage-queue.shown' and actor_id = $1`,
      [nurse.id],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]!.case_ids.toSorted()).toEqual([a.caseId, b.caseId].toSorted());
    expect(rows[0]!.case_ids).not.toContain(other.caseId);
    expect(rows[0]).toMatchObject({ actor_id: nurse.id, outcome: 'shown' });
    await ledger.sql('revoke insert on audit from countersign_app');
    try {
      await expect(look()).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    } finally {
      await ledger.sql('grant insert on audit to countersign_app');
    }
  });

  it('shows a desk to its people only', async () => {
    await triage.arrive(nurse);
    expect((await refused(look({ wardId: ledger.otherWard }))).code).toBe('NOT_FOUND');
    const coder = await ledger.person(['coder'], { ward: ledger.ward });
    expect((await refused(look({}, { as: coder }))).code).toBe('FORBIDDEN');
    const elsewhere = await ledger.person(['triage_nurse'], { ward: ledger.otherWard });
    expect((await done(look({}, { as: elsewhere }))).rows).toEqual([]);
    const everywhere = await ledger.person(['charge_nurse'], { ward: null });
    const { rows } = await done(look({}, { as: everywhere }));
    expect(rows.filter(({ wardId }) => wardId === ledger.ward)).toHaveLength(1);
  });

  it('is of the desks of whoever asks, although another role of theirs reaches every ward', async () => {
    const { caseId } = await triage.arrive(nurse);
    await ledger.inTransaction(nurse, (tx) =>
      tx.query(
        `insert into task (id, case_id, organisation_id, ward_id, kind, unique_key, due_at)
         values (gen_random_uuid(), $1, $2, $3, 're-assessment', $4, now())`,
        [caseId, ledger.organisationId, ledger.ward, `queue:${caseId}`],
      ),
    );
    const elsewhere = await ledger.person(['triage_nurse'], { ward: ledger.otherWard });
    const both: UserPrincipal = { ...elsewhere, grants: [...elsewhere.grants, { role: 'auditor', wardId: null }] };
    expect((await done(look({}, { as: both }))).rows).toEqual([]);
    expect((await refused(look({ wardId: ledger.ward }, { as: both }))).code).toBe('FORBIDDEN');
    expect((await ledger.inTransaction(both, myTasks)).items).toEqual([]);
    expect((await ledger.inTransaction(nurse, myTasks)).items).toHaveLength(1);
  });
});
