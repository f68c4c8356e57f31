import { type UserPrincipal } from '#libs/auth/principal';
import { InboundMessageEntity } from '#libs/db/entities/inbound-message.entity';
import { inboundBytes } from '#libs/db/stores/inbound.store';
import { exampleAdt } from '#libs/interop/hl7v2/adt.example';
import { encodeBytes } from '#libs/interop/hl7v2/charset';
import { type Feed, freshArrival, minutesFromNow, openFeed } from '../../../../test/support/hl7-feed';
import { done, type Ledger, startLedger } from '../../../../test/support/ledger-fixture';
import { openTriage, type TriageDesk } from '../../../../test/support/triage-fixture';

describe('an arrival by ADT^A04', () => {
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

  const caseOf = async (fields: Readonly<Record<string, string>>): Promise<string> => {
    expect((await feed.send('A04', fields)).code).toBe('AA');
    const [newest] = (await feed.stored('case_id is not null')).slice(-1);
    return newest!.case_id!;
  };
  const count = async (table: string): Promise<number> =>
    (await ledger.sql<{ n: number }>(`select count(*)::int n from ${table}`))[0]!.n;

  it('opens a triage case that waits for its first assessment, and starts its workflow', async () => {
    const { fields } = freshArrival();
    const caseId = await caseOf({ ...fields, 'EVN-6': minutesFromNow(-3), 'PV2-38': '120', 'PV2-3': '^胸痛' });
    const of = await triage.caseNow(caseId);
    expect(of).toMatchObject({ state: 'awaiting-assessment', openedByKind: 'service', wardId: ledger.ward });
    const row = await triage.standing(caseId);
    expect(row.ticketNo).toBeGreaterThan(0);
    expect(row.level).toBeNull();
    expect(row.clockStartedAt).toBeNull();
    expect(Math.round((Date.now() - row.arrivedAt.getTime()) / 60_000)).toBe(3);
    expect(await triage.woken(caseId)).toEqual(['triageWorkflow']);
    expect(await triage.reviews(caseId)).toEqual([]);
    expect(await feed.patientOf(caseId)).toMatchObject({
      name: '张三',
      sex: 'male',
      birthDate: '1990-03-07',
      phone: '010-55550100',
      unidentified: false,
      ageEstimated: false,
    });
    expect((await triage.told(caseId)).map(({ action }) => action)).toEqual(['triage.register', 'interop.applied']);
  });

  it('keeps the message encrypted, with both of its times', async () => {
    const { fields } = freshArrival();
    const sent = { ...fields, 'EVN-6': '20261123080000+0800', 'MSH-7': '20261123081500+0800', 'PID-5': '慕容^复' };
    await feed.send('A04', sent);
    const [stored] = (await feed.stored()).slice(-1);
    expect(stored).toMatchObject({ event: 'A04', outcome: 'applied', answer: 'AA', reason: null });
    expect(stored!.occurred_at?.toISOString()).toBe('2026-11-23T00:00:00.000Z');
    expect(stored!.message_at?.toISOString()).toBe('2026-11-23T00:15:00.000Z');
    const row = await ledger.owner.manager.findOneByOrFail(InboundMessageEntity, { id: stored!.id });
    expect(row.rawCt.includes(Buffer.from('慕容'))).toBe(false);
    const bytes = await ledger.inTransaction(ledger.worker, (tx) => Promise.resolve(inboundBytes(tx, row)));
    expect(bytes.toString('utf8')).toContain('慕容^复');
  });

  it('is one case for the same message 20 times at once, and each time AA', async () => {
    const { fields } = freshArrival();
    const bytes = encodeBytes(exampleAdt('A04', { ...fields, 'MSH-10': `TWENTY${process.pid}` }), 'utf-8');
    const before = [
      await count('cases'),
      await count('patient'),
      await count('inbound_message'),
      await count('outbox'),
    ];
    const answers = await Promise.all(Array.from({ length: 20 }, () => feed.raw(bytes)));
    expect(new Set(answers.map(({ code, controlId }) => `${code} ${controlId}`))).toEqual(
      new Set([`AA TWENTY${process.pid}`]),
    );
    const after = [await count('cases'), await count('patient'), await count('inbound_message'), await count('outbox')];
    expect(after).toEqual(before.map((n) => n + 1));
  });

  it('is one patient and one case for 20 different messages about one visit at once', async () => {
    const { fields } = freshArrival();
    const before = [await count('cases'), await count('patient'), await count('visit')];
    const answers = await Promise.all(Array.from({ length: 20 }, () => feed.send('A04', fields)));
    expect(answers.map(({ code }) => code)).toEqual(Array.from({ length: 20 }, () => 'AA'));
    expect([await count('cases'), await count('patient'), await count('visit')]).toEqual(before.map((n) => n + 1));
  });

  it('is one patient with two cases for two visits at once', async () => {
    const [one, two] = [freshArrival(), freshArrival()];
    const before = [await count('cases'), await count('patient')];
    await Promise.all([
      feed.send('A04', one.fields),
      feed.send('A04', { ...two.fields, 'PID-3': one.fields['PID-3']! }),
    ]);
    expect([await count('cases'), await count('patient')]).toEqual([before[0]! + 2, before[1]! + 1]);
  });

  it('updates what is known when it comes again, and makes no second case', async () => {
    const { fields } = freshArrival();
    const caseId = await caseOf(fields);
    expect(await caseOf({ ...fields, 'PID-5': '张^三丰', 'PID-13': '' })).toBe(caseId);
    expect(await feed.patientOf(caseId)).toMatchObject({ name: '张三丰', phone: '010-55550100' });
  });

  it('opens a new case where the one before was cancelled', async () => {
    const { fields } = freshArrival();
    const caseId = await caseOf(fields);
    expect((await feed.send('A11', fields)).code).toBe('AA');
    const again = await caseOf(fields);
    expect(again).not.toBe(caseId);
    expect((await triage.caseNow(again)).state).toBe('awaiting-assessment');
  });

  it('changes nothing when it is older than what the visit knows', async () => {
    const { fields } = freshArrival();
    const caseId = await caseOf({ ...fields, 'PID-5': '新^名' });
    await feed.send('A04', { ...fields, 'PID-5': '旧^名', 'EVN-6': minutesFromNow(-30) });
    expect((await feed.patientOf(caseId)).name).toBe('新名');
    expect((await feed.stored()).at(-1)).toMatchObject({ outcome: 'ignored', reason: 'older', answer: 'AA' });
  });

  it('reads GB 18030 by MSH-18 and by the connection, and answers in it', async () => {
    const { fields } = freshArrival();
    const declared = { ...fields, 'MSH-18': 'GB 18030-2000', 'PID-5': '龙^𠮷' };
    const ack = await feed.send('A04', declared, 'gb18030');
    expect(ack.code).toBe('AA');
    const [first] = (await feed.stored()).slice(-1);
    expect((await feed.patientOf(first!.case_id!)).name).toBe('龙𠮷');
    const other = freshArrival();
    const undeclared = exampleAdt('A04', { ...other.fields, 'MSH-18': '', 'PID-5': '欧阳^娜', 'MSH-10': 'GB-BY-CONN' });
    expect((await feed.raw(encodeBytes(undeclared, 'gb18030'), 'gb18030')).code).toBe('AA');
    const [second] = (await feed.stored()).slice(-1);
    expect((await feed.patientOf(second!.case_id!)).name).toBe('欧阳娜');
  });

  it('takes an unnamed patient in, under a generated name', async () => {
    const { fields } = freshArrival();
    const caseId = await caseOf({ ...fields, 'PID-5': '""', 'PID-7': '', 'PID-8': 'M' });
    const patient = await feed.patientOf(caseId);
    expect(patient).toMatchObject({ unidentified: true, ageDays: null, sex: 'male' });
    expect(patient.name).toMatch(/^无名氏-\d{10}$/);
  });

  it('takes a year of birth as an estimate, and a placeholder as nothing', async () => {
    const year = await caseOf({ ...freshArrival().fields, 'PID-7': '1980' });
    const known = await feed.patientOf(year);
    expect(known).toMatchObject({ birthDate: null, ageEstimated: true });
    expect(known.ageDays! / 365.25).toBeCloseTo(new Date().getFullYear() - 1980, -1);
    const placeholder = await caseOf({ ...freshArrival().fields, 'PID-7': '18500101' });
    expect((await feed.patientOf(placeholder)).ageDays).toBeNull();
  });

  it('identifies whom the desk registered without a name, by the visit', async () => {
    const { fields, visit } = freshArrival();
    const here = await done(
      triage.register(nurse, { patient: { unidentified: true, sex: 'male' }, visitNumber: visit }),
    );
    expect(await caseOf(fields)).toBe(here.caseId);
    expect(await feed.patientOf(here.caseId)).toMatchObject({ name: '张三', unidentified: false });
  });

  it('links whom the desk registered without a name to the patient the message names', async () => {
    const known = freshArrival();
    const earlier = await caseOf(known.fields);
    const { visit } = freshArrival();
    const here = await done(triage.register(nurse, { patient: { unidentified: true }, visitNumber: visit }));
    const fields = { ...known.fields, 'PV1-19': `${visit}^^^HIS^VN` };
    expect(await caseOf(fields)).toBe(here.caseId);
    const [link] = await ledger.sql<{ merged_into: string }>('select merged_into from patient where id = $1', [
      here.patientId,
    ]);
    expect(link!.merged_into).toBe((await triage.caseNow(earlier)).patientId);
    expect((await triage.told(here.caseId)).map(({ action }) => action)).toContain('patient.link');
  });

  it('refuses a visit of somebody else', async () => {
    const { fields } = freshArrival();
    const caseId = await caseOf(fields);
    const stranger = { ...fields, 'PID-3': 'OTHER-MR-1^^^HIS^MR', 'PID-5': '王^五' };
    const ack = await feed.send('A04', stranger);
    expect([ack.code, ack.errors]).toEqual(['AE', ['204']]);
    expect((await feed.patientOf(caseId)).name).toBe('张三');
    expect((await feed.stored()).at(-1)).toMatchObject({ outcome: 'dead', reason: '204 visit-unknown PID-3' });
  });

  it('tells a charge nurse when its numbers name two patients', async () => {
    const [one, two] = [freshArrival(), freshArrival()];
    await feed.send('A04', one.fields);
    await feed.send('A04', two.fields);
    const third = freshArrival();
    await feed.send('A04', { ...third.fields, 'PID-3': `${one.patient}^^^HIS^MR~${two.patient}^^^HIS^MR` });
    const notices = await ledger.sql(`select audience from notice where kind = 'identity-conflict'`);
    expect(notices).toEqual([{ audience: 'charge_nurse' }]);
  });

  it.each([
    ['no visit number', { 'PV1-19': '' }, '101 field-missing PV1-19'],
    ['no location', { 'PV1-3': '' }, '101 field-missing PV1-3'],
    ['a location nobody knows', { 'PV1-3': '月球^1^2' }, '204 location-unknown PV1-3'],
  ])('refuses %s, and makes nothing', async (_what, wrong, reason) => {
    const before = [await count('cases'), await count('patient'), await count('visit'), await count('outbox')];
    const ack = await feed.send('A04', { ...freshArrival().fields, ...wrong });
    expect([ack.code, ack.errors]).toEqual(['AE', [reason.slice(0, 3)]]);
    expect((await feed.stored()).at(-1)).toMatchObject({ outcome: 'dead', reason, case_id: null });
    expect([await count('cases'), await count('patient'), await count('visit'), await count('outbox')]).toEqual(before);
  });

  it('finds the desk by the name of the ward too', async () => {
    const caseId = await caseOf({ ...freshArrival().fields, 'PV1-3': '急诊科^^' });
    expect((await triage.caseNow(caseId)).wardId).toBe(ledger.ward);
  });
});
