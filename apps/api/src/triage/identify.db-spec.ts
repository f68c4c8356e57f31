import { type UserPrincipal } from '#libs/auth/principal';
import { done, type Ledger, refused, startLedger, within } from '../../../../test/support/ledger-fixture';
import { calm, openTriage, type TriageDesk } from '../../../../test/support/triage-fixture';
import { showCase } from './case-view';
import { identifyPatient } from './identify';
import { patientPatchSchema } from './triage.schema';

describe('identifying a patient later', () => {
  let ledger: Ledger;
  let triage: TriageDesk;
  let nurse: UserPrincipal;

  beforeAll(async () => {
    ledger = await startLedger();
    triage = openTriage(ledger);
    nurse = await ledger.person(['triage_nurse']);
  });

  afterAll(() => ledger?.stop());

  const unknown = async (more: Readonly<Record<string, unknown>> = {}): Promise<string> =>
    (await done(triage.register(nurse, { patient: { unidentified: true, ...more } }))).caseId;
  const view = (caseId: string) => done(within(ledger, nurse)((tx) => showCase(tx, { caseId, timeScale: 1 })));
  const identify = async (
    caseId: string,
    body: Readonly<Record<string, unknown>>,
    { version, as = nurse }: { version?: number; as?: UserPrincipal } = {},
  ) => {
    const at = version ?? (await view(caseId)).patient.version;
    const patch = patientPatchSchema.parse(body);
    return within(ledger, as)((tx) => identifyPatient(tx, { caseId, version: at, patch, timeScale: 1 }));
  };
  const number = (value: string) => ({ identifiers: [{ authority: 'CN', type: 'NNCHN', value }] });

  it('stores the name, keeps what is not said, deletes what is null', async () => {
    const caseId = await unknown({ phone: '13800000000', address: '某路' });
    const answer = await done(identify(caseId, { name: '孙权', phone: null, ...number('310101X') }));
    expect(answer).toMatchObject({ unidentified: false, version: 2 });
    expect((await view(caseId)).patient).toMatchObject({
      name: '孙权',
      phone: null,
      address: '某路',
      unidentified: false,
      identifiers: [{ authority: 'CN', type: 'NNCHN', value: '310101X' }],
    });
    const [audit] = await ledger.sql<{ detail: object }>(
      `select detail from audit where action = 'patient.update' and entity_id = $1`,
      [answer.patientId],
    );
    expect(audit!.detail).toEqual({ fields: ['name', 'phone', 'unidentified'], identifiers: 1 });
    expect((await triage.woken(caseId)).at(-1)).toBe('changed');
  });

  it('needs the version of the patient that was shown; one of two wins', async () => {
    const caseId = await unknown();
    const both = await Promise.all([
      identify(caseId, { name: '甲' }, { version: 1 }),
      identify(caseId, { name: '乙' }, { version: 1 }),
    ]);
    const lost = both.filter((answer) => 'refused' in answer);
    expect(lost).toHaveLength(1);
    expect(lost[0]).toMatchObject({ code: 'VERSION_MISMATCH', detail: { current: 2 } });
  });

  it('runs the rules again with the age: a higher floor applies at once and overtakes the draft', async () => {
    const caseId = await unknown({ estimatedAgeYears: 30 });
    const { reviewId } = await done(triage.assess(nurse, caseId, { vitals: { ...calm, respiratoryRate: 24 } }));
    expect((await triage.standing(caseId)).level).toBe('IV');
    const answer = await done(identify(caseId, { estimatedAgeYears: 8 }));
    expect(answer.placed).toEqual({ level: 'II', reviewId });
    expect(await triage.standing(caseId)).toMatchObject({ level: 'II', provisional: true });
    expect(await triage.openReviewOf(caseId)).toMatchObject({ floor: 'II', round: 1 });
    const causes = await ledger.sql('select cause from review_stale_fact where review_id = $1', [reviewId]);
    expect(causes).toEqual([{ cause: 'floor-changed' }]);
  });

  it('runs the rules again on a ward that whoever identifies does not reach', async () => {
    const elsewhere = await ledger.person(['triage_nurse'], { ward: ledger.otherWard });
    const patient = { name: '孙策', sex: 'male', estimatedAgeYears: 30, ...number('310101-two-wards') };
    const vitals = { ...calm, respiratoryRate: 24 };
    const there = await done(triage.register(elsewhere, { wardId: ledger.otherWard, patient }));
    const opened = await done(triage.assess(elsewhere, there.caseId, { vitals }));
    const here = await done(triage.register(nurse, { patient }));
    expect(here.patientId).toBe(there.patientId);
    await done(identify(here.caseId, { estimatedAgeYears: 8 }));
    expect(await triage.standing(there.caseId)).toMatchObject({ level: 'II', provisional: true });
    expect(await triage.openReviewOf(there.caseId)).toMatchObject({ id: opened.reviewId, floor: 'II' });
    expect((await triage.woken(there.caseId)).at(-1)).toBe('changed');
    expect(await refused(identify(there.caseId, { name: '孙权' }, { version: 1 }))).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('after a decision opens the next round where the age raises the floor, and nothing where it lowers it', async () => {
    const caseId = await unknown({ estimatedAgeYears: 30 });
    await done(triage.assess(nurse, caseId, { vitals: { ...calm, respiratoryRate: 24 } }));
    await done(triage.sign(nurse, caseId, 'IV'));
    await done(identify(caseId, { estimatedAgeYears: 8 }));
    expect((await triage.reviews(caseId)).map(({ state }) => state)).toEqual(['decided', 'open']);
    await done(triage.sign(nurse, caseId, 'II'));
    await done(identify(caseId, { estimatedAgeYears: 30 }));
    expect((await triage.reviews(caseId)).map(({ state }) => state)).toEqual(['decided', 'decided']);
    expect(await triage.standing(caseId)).toMatchObject({ level: 'II', provisional: false });
  });

  it('takes the special group of a wrong estimate back', async () => {
    const caseId = await unknown({ estimatedAgeYears: 80 });
    await done(triage.assess(nurse, caseId));
    expect((await triage.standing(caseId)).specialGroup).toBe(true);
    await done(identify(caseId, { birthDate: '1990-01-01' }));
    expect((await triage.standing(caseId)).specialGroup).toBe(false);
  });

  it('links to somebody known by number: one person from then on, and the row stays', async () => {
    const known = await done(
      triage.register(nurse, { patient: { name: '周瑜', sex: 'male', birthDate: '2018-05-01', ...number('X-1') } }),
    );
    const caseId = await unknown();
    await done(triage.assess(nurse, caseId, { vitals: { ...calm, respiratoryRate: 25 } }));
    const answer = await done(identify(caseId, { name: '周瑜', ...number('X-1') }));
    expect(answer).toMatchObject({ patientId: known.patientId, unidentified: false });
    expect((await triage.standing(caseId)).level).toBe('II');
    const shown = (await view(caseId)).patient;
    expect(shown).toMatchObject({ id: known.patientId, name: '周瑜', birthDate: '2018-05-01' });
    expect(shown.linkedFrom).not.toBeNull();
    await done(identify(known.caseId, { phone: '13912345678' }));
    const [mirror] = await ledger.sql<{ phone_ct: Buffer | null; merged_into: string }>(
      'select phone_ct, merged_into from patient where id = $1',
      [shown.linkedFrom],
    );
    expect(mirror!.merged_into).toBe(known.patientId);
    expect(mirror!.phone_ct).not.toBeNull();
    expect((await view(caseId)).patient.phone).toBe('13912345678');
  });

  it('refuses the number of somebody else for a patient who has a name', async () => {
    await done(triage.register(nurse, { patient: { name: '周瑜', ...number('X-2') } }));
    const { caseId } = await triage.arrive(nurse);
    expect(await refused(identify(caseId, number('X-2')))).toMatchObject({
      code: 'CONFLICT',
      detail: { path: 'identifiers' },
    });
  });

  it('refuses to link when the name says somebody else', async () => {
    await done(triage.register(nurse, { patient: { name: '周瑜', ...number('X-3') } }));
    const caseId = await unknown();
    expect(await refused(identify(caseId, { name: '鲁肃', ...number('X-3') }))).toMatchObject({
      code: 'CONFLICT',
      detail: { path: 'name' },
    });
    expect((await view(caseId)).patient.unidentified).toBe(true);
  });

  it('refuses an estimate where the birth date is known', async () => {
    const { caseId } = await triage.arrive(nurse);
    expect((await refused(identify(caseId, { estimatedAgeYears: 50 }))).code).toBe('VALIDATION_FAILED');
  });

  it('is possible after the case has ended, and for people of the desk only', async () => {
    const caseId = await unknown();
    await done(triage.move(nurse, caseId, { move: 'leave' }));
    await done(identify(caseId, { name: '黄盖' }));
    const coder = await ledger.person(['coder']);
    expect((await refused(identify(caseId, { name: '甘宁' }, { version: 2, as: coder }))).code).toBe('FORBIDDEN');
    expect((await view(caseId)).patient.name).toBe('黄盖');
  });

  it('leaves no name in plain columns of the ledger', async () => {
    const caseId = await unknown();
    await done(identify(caseId, { name: '诸葛孔明', address: '隆中草庐', ...number('ID-CANARY-77') }));
    for (const table of ['patient', 'patient_identifier', 'audit', 'outbox', 'change_feed', 'fact', 'notice', 'cases'])
      expect(
        await ledger.sql(`select from ${table} t where t::text like any($1)`, [['%诸葛%', '%隆中%', '%ID-CANARY%']]),
      ).toHaveLength(0);
  });
});
