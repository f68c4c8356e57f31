import { type Principal, type ServicePrincipal, type UserPrincipal } from '#libs/auth/principal';
import { unaudited } from '#libs/invariants/audit-trail';
import { done, type Ledger, refused, startLedger } from '../../../../test/support/ledger-fixture';
import { calm, freshDesk, openTriage, type TriageDesk } from '../../../../test/support/triage-fixture';
import { myNotices } from './notices';
import { announce, correct, endWithout } from './pre-notice';
import { arriveAnnounced } from './pre-notice.arrive';
import { arrivalSchema, correctionSchema, endingSchema, preNoticeSchema } from './pre-notice.schema';
import { showPreNotice, showPreNotices } from './pre-notice.view';
import { showCase } from './case-view';

const minutes = (count: number): string => new Date(Date.now() + count * 60_000).toISOString();

describe('a pre-notice', () => {
  let whole: Ledger;
  let ledger: Ledger;
  let triage: TriageDesk;
  let nurse: UserPrincipal;
  let dispatch: ServicePrincipal;

  beforeAll(async () => {
    whole = await startLedger();
    dispatch = await whole.service(['triage:write', 'triage:read']);
  });
  beforeEach(async () => {
    ({ desk: ledger, nurse } = await freshDesk(whole));
    triage = openTriage(ledger);
  });
  afterAll(() => whole?.stop());

  const reportOf = (more: object = {}) => ({
    complaint: '车祸后胸痛',
    vitals: calm,
    sex: 'male',
    estimatedAgeYears: 60,
    measuredAt: minutes(-3),
    ...more,
  });
  const told = (report: object = reportOf(), as: Principal = nurse) => {
    const announcer = { service: '120 急救中心', contact: '13900001111', vehicle: '京A·1201' };
    const body = preNoticeSchema.parse({ wardId: ledger.ward, expectedAt: minutes(12), announcer, report });
    return ledger.inTransaction(as, (tx) => announce(tx, body));
  };
  const corrected = (preNoticeId: string, version: number, body: object, as: Principal = nurse) =>
    ledger.inTransaction(as, (tx) => correct(tx, { preNoticeId, version, body: correctionSchema.parse(body) }));
  const ended = (preNoticeId: string, outcome: string, as: Principal = nurse, version = 1) =>
    ledger.inTransaction(as, (tx) =>
      endWithout(tx, { preNoticeId, version, body: endingSchema.parse({ outcome, reason: '改送他院' }) }),
    );
  const arrived = (preNoticeId: string, body: object = {}, as: UserPrincipal = nurse) =>
    ledger.inTransaction(as, (tx) =>
      arriveAnnounced(tx, { preNoticeId, body: arrivalSchema.parse(body), timeScale: 1 }),
    );
  const one = (id: string, as: Principal = nurse) => done(ledger.inTransaction(as, (tx) => showPreNotice(tx, id)));
  const list = async (as: Principal = nurse) =>
    (await done(ledger.inTransaction(as, (tx) => showPreNotices(tx, { wardId: ledger.ward })))).items;
  const notices = async () => (await ledger.inTransaction(nurse, myNotices(nurse))).items;

  it('shows who is coming, with countdown and provisional floor, and waits in no queue', async () => {
    const { preNoticeId } = await done(
      told(reportOf({ vitals: { ...calm, spo2: 88 }, mechanism: '追尾', proposedLevel: 'III' })),
    );
    const [shown] = await list();
    expect(shown).toMatchObject({
      preNoticeId,
      state: 'expected',
      provisionalFloor: 'II',
      overdue: false,
      announcer: { service: '120 急救中心', contact: '13900001111', vehicle: '京A·1201' },
      recordedBy: nurse.name,
      age: { zh: '约60岁', en: 'about 60 y' },
      evaluation: { floor: 'II' },
      caseId: null,
    });
    expect(shown!.secondsLeft).toBeGreaterThan(660);
    expect(shown!.reports).toMatchObject([{ by: nurse.name, report: { mechanism: '追尾', proposedLevel: 'III' } }]);
    expect(await ledger.sql('select from cases where ward_id = $1', [ledger.ward])).toEqual([]);
  });

  it('keeps nothing readable of patient or caller', async () => {
    const { preNoticeId } = await done(told());
    const [row] = await ledger.sql<{ row: string }>('select t::text "row" from pre_notice t where id = $1', [
      preNoticeId,
    ]);
    const hex = (text: string): string => Buffer.from(text).toString('hex');
    for (const text of ['车祸', '13900001111', '急救中心']) {
      expect(row!.row).not.toContain(text);
      expect(row!.row).not.toContain(hex(text));
    }
  });

  it('tells the triage nurses of floor I or II at once, and again only where it becomes more urgent', async () => {
    const { preNoticeId } = await done(told());
    expect(await notices()).toEqual([]);
    await done(corrected(preNoticeId, 1, { report: reportOf({ vitals: { ...calm, spo2: 88 } }) }));
    await done(corrected(preNoticeId, 2, { report: reportOf({ vitals: { ...calm, spo2: 87 } }) }));
    expect(await notices()).toMatchObject([
      { kind: 'pre-notice', wardId: ledger.ward, data: { preNoticeId, level: 'II' } },
    ]);
    await done(corrected(preNoticeId, 3, { report: reportOf({ vitals: { ...calm, spo2: 79 } }) }));
    expect((await notices()).map(({ data }) => data['level'])).toEqual(['II', 'I']);
    const other = await done(told(reportOf({ vitals: { ...calm, spo2: 79 } })));
    await done(corrected(other.preNoticeId, 1, { report: reportOf({ vitals: { ...calm, spo2: 88 } }) }));
    const ofOther = (await notices()).filter(({ data }) => data['preNoticeId'] === other.preNoticeId);
    expect(ofOther.map(({ data }) => data['level'])).toEqual(['I']);
    await done(ended(other.preNoticeId, 'cancelled', nurse, 2));
    await done(arrived(preNoticeId));
    expect((await notices()).filter(({ kind }) => kind === 'pre-notice')).toEqual([]);
  });

  it('tells them as well where the ambulance itself proposes level I or II', async () => {
    await done(told(reportOf({ vitals: {}, proposedLevel: 'I' })));
    expect(await notices()).toMatchObject([{ data: { level: 'I' } }]);
    expect((await list())[0]).toMatchObject({ provisionalFloor: null });
  });

  it('keeps every report, and never lets the floor fall by a later one', async () => {
    const { preNoticeId } = await done(told(reportOf({ vitals: { ...calm, spo2: 88 } })));
    const answer = await done(corrected(preNoticeId, 1, { report: reportOf() }));
    expect(answer).toMatchObject({ version: 2, provisionalFloor: 'II' });
    expect((await one(preNoticeId)).reports).toHaveLength(2);
  });

  it('is overdue once its time has passed, and can be given another one', async () => {
    const { preNoticeId } = await done(told());
    await done(corrected(preNoticeId, 1, { expectedAt: minutes(-2) }));
    expect(await list()).toMatchObject([{ overdue: true }]);
    await done(corrected(preNoticeId, 2, { expectedAt: minutes(5) }));
    expect(await list()).toMatchObject([{ overdue: false, version: 3 }]);
    expect((await refused(corrected(preNoticeId, 2, { expectedAt: minutes(9) }))).code).toBe('VERSION_MISMATCH');
    expect((await refused(corrected(preNoticeId, 3, { expectedAt: minutes(60 * 25) }))).code).toBe('VALIDATION_FAILED');
    const early = reportOf({ measuredAt: minutes(30) });
    expect((await refused(corrected(preNoticeId, 3, { report: early }))).code).toBe('VALIDATION_FAILED');
  });

  it.each(['cancelled', 'not-arrived'])('ends as %s with who and why, for good', async (outcome) => {
    const { preNoticeId } = await done(told());
    await done(ended(preNoticeId, outcome));
    expect(await list()).toEqual([]);
    expect(await one(preNoticeId)).toMatchObject({
      state: outcome,
      endedBy: nurse.name,
      reason: '改送他院',
      overdue: false,
    });
    expect((await refused(arrived(preNoticeId))).code).toBe('TRANSITION_NOT_ALLOWED');
    expect((await refused(ended(preNoticeId, 'cancelled'))).code).toBe('TRANSITION_NOT_ALLOWED');
    const again = ledger.sql(`update pre_notice set state = 'expected' where id = $1`, [preNoticeId]);
    await expect(again).rejects.toThrow('append-only');
  });

  it('becomes one case, with what was found before arrival marked as such', async () => {
    const { preNoticeId } = await done(told(reportOf({ vitals: { ...calm, spo2: 88 }, mechanism: '追尾' })));
    const own = { complaint: '胸痛', vitals: calm, measuredAt: minutes(0) };
    const patient = { name: '赵敏', sex: 'female', birthDate: '1980-01-02' };
    const { caseId, state } = await done(arrived(preNoticeId, { patient, assessment: own }));
    expect(state).toBe('assessing');
    const shown = await done(ledger.inTransaction(nurse, (tx) => showCase(tx, { caseId, timeScale: 1 })));
    expect(shown.links.preNotice).toBe(preNoticeId);
    expect(shown.patient).toMatchObject({ name: '赵敏', sex: 'female', ageEstimated: false });
    const assessments = shown.facts.filter(({ kind }) => kind === 'assessment');
    expect(assessments.map(({ source, content }) => [source, (content as { complaint: string }).complaint])).toEqual([
      ['prehospital', '车祸后胸痛\n追尾'],
      ['person', '胸痛'],
    ]);
    // Nothing lowers but a person: what the nurse found does not take the floor of the way here away.
    expect(shown.reviews).toMatchObject([{ round: 1, floor: 'II' }]);
    expect(await one(preNoticeId)).toMatchObject({ state: 'arrived', caseId, endedBy: nurse.name });
    expect(await unaudited(ledger.sql)).toEqual([]);
  });

  it('brings somebody nobody can name, with the announced sex and age, and asks for a look', async () => {
    const { preNoticeId } = await done(told());
    const { caseId } = await done(arrived(preNoticeId));
    const shown = await done(ledger.inTransaction(nurse, (tx) => showCase(tx, { caseId, timeScale: 1 })));
    expect(shown.patient).toMatchObject({ unidentified: true, sex: 'male', ageDays: 21_915, ageEstimated: true });
    expect(shown.tasks).toMatchObject([{ kind: 're-assessment', doneAt: null }]);
    await done(triage.assess(nurse, caseId));
    const after = await done(ledger.inTransaction(nurse, (tx) => showCase(tx, { caseId, timeScale: 1 })));
    expect(after.tasks[0]!.doneAt).not.toBeNull();
  });

  it('takes the desk’s answers to the screening for newer than the ambulance’s', async () => {
    const { preNoticeId } = await done(told(reportOf({ flags: { diarrhoea: false, rash: true } })));
    const screening = { diarrhoea: true };
    const { caseId } = await done(arrived(preNoticeId, { screening }));
    const { infection } = await done(ledger.inTransaction(nurse, (tx) => showCase(tx, { caseId, timeScale: 1 })));
    expect(infection.precautions).toMatchObject([{ id: 'enteric-isolation', holds: true }]);
    expect(infection.notAsked.map(({ id }) => id)).not.toContain('rash');
  });

  it('backs no signature with what was found before arrival unless the nurse says so', async () => {
    const { preNoticeId } = await done(told());
    const { caseId } = await done(arrived(preNoticeId));
    const content = { level: 'III', department: null, note: '' } as const;
    const refusal = await refused(triage.sign(nurse, caseId, { content, acknowledgedFacts: [] }));
    expect(refusal).toMatchObject({ code: 'STALE_VITALS', detail: { source: 'prehospital' } });
    await done(triage.sign(nurse, caseId, 'III'));
  });

  it('arrives once, however often and by whomever it is clicked', async () => {
    const { preNoticeId } = await done(told());
    const other = await ledger.person(['charge_nurse']);
    const all = await Promise.all([arrived(preNoticeId), arrived(preNoticeId, {}, other), arrived(preNoticeId)]);
    const made = all.filter((answer) => 'caseId' in answer);
    expect(made).toHaveLength(1);
    const rest = all.filter((answer) => !('caseId' in answer));
    for (const answer of rest)
      expect(answer).toMatchObject({ code: 'TRANSITION_NOT_ALLOWED', detail: made[0]! && { caseId: made[0].caseId } });
    expect(await ledger.sql('select from cases where ward_id = $1', [ledger.ward])).toHaveLength(1);
  });

  it('goes straight to resus with its floor and no empty assessment', async () => {
    const { preNoticeId } = await done(told());
    const answer = await done(arrived(preNoticeId, { straightToResus: true }));
    expect(answer).toMatchObject({ state: 'called', room: 'RESUS' });
    const facts = await ledger.sql<{ source: string }>(
      `select source from fact where case_id = $1 and kind = 'assessment'`,
      [answer.caseId],
    );
    expect(facts).toEqual([{ source: 'prehospital' }]);
    expect(await triage.standing(answer.caseId)).toMatchObject({ level: 'I' });
  });

  it('of a machine is that machine’s to correct and cancel, and never to say that nobody came', async () => {
    const { preNoticeId } = await done(told(reportOf(), dispatch));
    const other = await whole.service(['triage:write']);
    expect((await refused(ended(preNoticeId, 'not-arrived', dispatch))).code).toBe('FORBIDDEN');
    expect((await refused(ended(preNoticeId, 'cancelled', other))).code).toBe('NOT_FOUND');
    await done(ended(preNoticeId, 'cancelled', dispatch));
  });

  it('is audited: each change by whoever made it, and each look with what it showed', async () => {
    const { preNoticeId } = await done(told());
    await list();
    await done(ended(preNoticeId, 'not-arrived'));
    const rows = await ledger.sql<{ action: string; actor_id: string }>(
      `select action, actor_id from audit where entity_id = $1 or detail -> 'preNoticeIds' ? $2 order by at`,
      [preNoticeId, preNoticeId],
    );
    expect(rows.map(({ action }) => action)).toEqual([
      'pre-notice.announce',
      'pre-notices.shown',
      'pre-notice.not-arrived',
    ]);
    expect(new Set(rows.map(({ actor_id }) => actor_id))).toEqual(new Set([nurse.id]));
    expect(await unaudited(ledger.sql)).toEqual([]);
  });
});
