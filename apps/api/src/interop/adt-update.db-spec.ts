import { type UserPrincipal } from '#libs/auth/principal';
import { type Feed, freshArrival, minutesFromNow, openFeed } from '../../../../test/support/hl7-feed';
import { done, type Ledger, startLedger } from '../../../../test/support/ledger-fixture';
import { calm, openTriage, type TriageDesk } from '../../../../test/support/triage-fixture';

describe('an update by ADT^A08', () => {
  let ledger: Ledger;
  let feed: Feed;
  let triage: TriageDesk;
  let nurse: UserPrincipal;

  beforeAll(async () => {
    ledger = await startLedger();
    feed = openFeed(ledger, await ledger.service(['hl7v2:write']));
    triage = openTriage(ledger);
    nurse = await ledger.person(['triage_nurse']);
  });

  afterAll(() => ledger?.stop());

  type Fields = Readonly<Record<string, string>>;

  const arrived = async (more: Fields = {}): Promise<{ caseId: string; fields: Fields }> => {
    const { fields } = freshArrival();
    await feed.send('A04', { ...fields, ...more });
    const [newest] = (await feed.stored()).slice(-1);
    return { caseId: newest!.case_id!, fields };
  };

  it('replaces what it says, deletes on "", and leaves alone what it does not mention', async () => {
    const { caseId, fields } = await arrived();
    const said = { 'PID-5': '李^四', 'PID-11': '""', 'PID-13': '', 'PID-7': '', 'PID-8': '' };
    expect((await feed.send('A08', { ...fields, ...said })).code).toBe('AA');
    expect(await feed.patientOf(caseId)).toMatchObject({
      name: '李四',
      address: null,
      phone: '010-55550100',
      birthDate: '1990-03-07',
      sex: 'male',
    });
  });

  it('never blanks a known name by an absent one', async () => {
    const { caseId, fields } = await arrived();
    const ack = await feed.send('A08', { ...fields, 'PID-5': '' });
    expect([ack.code, ack.errors]).toEqual(['AE', ['101']]);
    expect((await feed.patientOf(caseId)).name).toBe('张三');
  });

  it('takes a deleted name as nobody knowing who it is', async () => {
    const { caseId, fields } = await arrived();
    await feed.send('A08', { ...fields, 'PID-5': '""' });
    expect(await feed.patientOf(caseId)).toMatchObject({
      unidentified: true,
      name: expect.stringMatching(/^无名氏男-/),
    });
  });

  it('keeps the estimate of the desk when it deletes a birth date that nobody knew', async () => {
    const { caseId, fields } = await arrived({ 'PID-7': '' });
    await ledger.sql(
      'update patient set age_days = 9000, age_estimated = true where id = (select patient_id from cases where id = $1)',
      [caseId],
    );
    await feed.send('A08', { ...fields, 'PID-7': '""' });
    expect(await feed.patientOf(caseId)).toMatchObject({ ageDays: 9000, ageEstimated: true });
  });

  it('changes nothing and wakes nobody when it says nothing new', async () => {
    const { caseId, fields } = await arrived();
    const before = [await triage.woken(caseId), await triage.told(caseId)];
    expect((await feed.send('A08', fields)).code).toBe('AA');
    expect(await triage.woken(caseId)).toEqual(before[0]);
    expect((await triage.told(caseId)).slice(before[1]!.length).map(({ action }) => action)).toEqual([
      'interop.applied',
    ]);
  });

  it('does not overwrite newer knowledge with an older message', async () => {
    const { caseId, fields } = await arrived({ 'EVN-6': minutesFromNow(-20) });
    await feed.send('A08', { ...fields, 'PID-5': '新^名', 'EVN-6': minutesFromNow(-5) });
    const late = await feed.send('A08', { ...fields, 'PID-5': '旧^名', 'EVN-6': minutesFromNow(-10) });
    expect(late.code).toBe('AA');
    expect((await feed.patientOf(caseId)).name).toBe('新名');
    expect((await feed.stored()).at(-1)).toMatchObject({ outcome: 'ignored', reason: 'older' });
  });

  it('raises the floor where the new age does, provisionally, with an alert and the next round', async () => {
    const { caseId, fields } = await arrived({ 'PID-7': '19900307' });
    const vitals = { ...calm, respiratoryRate: 24 };
    await done(triage.assess(nurse, caseId, { vitals }));
    await done(triage.sign(nurse, caseId, 'IV'));
    const born = new Date(Date.now() - 8 * 365.25 * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
    await feed.send('A08', { ...fields, 'PID-7': born });
    const row = await triage.standing(caseId);
    expect([row.level, row.provisional, row.decidedLevel]).toEqual(['II', true, 'IV']);
    const reviews = await triage.reviews(caseId);
    expect(reviews.map(({ round, state }) => [round, state])).toEqual([
      [1, 'decided'],
      [2, 'open'],
    ]);
    expect(reviews[1]!.floor).toBe(row.level);
    const notices = await ledger.sql(
      `select audience from notice where case_id = $1 and kind = 'floor-raised' order by 1`,
      [caseId],
    );
    expect(notices).toEqual([{ audience: 'charge_nurse' }, { audience: 'triage_nurse' }]);
    expect((await triage.woken(caseId)).at(-1)).toBe('changed');
  });

  it('never lowers a level, whatever the new age says', async () => {
    const { caseId, fields } = await arrived({ 'PID-7': '20200101' });
    await done(triage.assess(nurse, caseId, { vitals: { pulse: 150, spo2: 98 } }));
    const before = await triage.standing(caseId);
    expect(before.level).toBe('I');
    await feed.send('A08', { ...fields, 'PID-7': '19800101' });
    expect((await triage.standing(caseId)).level).toBe('I');
    expect((await triage.openReviewOf(caseId))?.floor).toBe('I');
  });

  it('leaves a draft current when the floor stays', async () => {
    const { caseId, fields } = await arrived();
    await done(triage.assess(nurse, caseId));
    await feed.send('A08', { ...fields, 'PID-8': 'F' });
    const review = await triage.openReviewOf(caseId);
    expect(await ledger.sql('select from review_stale_fact where review_id = $1', [review!.id])).toHaveLength(0);
    expect((await feed.patientOf(caseId)).sex).toBe('female');
  });

  it('is refused for an emergency visit nobody knows, and ignored for any other', async () => {
    const { fields } = freshArrival();
    const unknown = await feed.send('A08', fields);
    expect([unknown.code, unknown.errors]).toEqual(['AE', ['204']]);
    const ward = await feed.send('A08', { ...fields, 'PV1-2': 'I' });
    expect([ward.code, ward.errors]).toEqual(['AA', []]);
    expect((await feed.stored()).slice(-2).map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['dead', '204 visit-unknown PV1-19'],
      ['ignored', 'not-emergency'],
    ]);
  });

  it('needs the visit number of an emergency visit', async () => {
    const { fields } = await arrived();
    expect((await feed.send('A08', { ...fields, 'PV1-19': '' })).errors).toEqual(['101']);
    expect((await feed.send('A08', { ...fields, 'PV1-19': '', 'PV1-2': 'O' })).code).toBe('AA');
  });

  it('leaves out a malformed optional value and says so in a warning', async () => {
    const { caseId, fields } = await arrived();
    const ack = await feed.send('A08', { ...fields, 'PID-7': 'yesterday', 'PID-5': '赵^六' });
    expect([ack.code, ack.errors]).toEqual(['AA', ['102']]);
    expect(ack.text).toContain('|W|');
    expect(await feed.patientOf(caseId)).toMatchObject({ name: '赵六', birthDate: '1990-03-07' });
  });

  it('refuses another record number of the same kind for a known patient', async () => {
    const { caseId, fields } = await arrived();
    const ack = await feed.send('A08', { ...fields, 'PID-3': 'ANOTHER-MR^^^HIS^MR', 'PID-5': '王^五' });
    expect(ack.errors).toEqual(['204']);
    expect((await feed.patientOf(caseId)).name).toBe('张三');
  });
});
