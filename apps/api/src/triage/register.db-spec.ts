import { type UserPrincipal } from '#libs/auth/principal';
import { done, type Ledger, refused, startLedger, within } from '../../../../test/support/ledger-fixture';
import { openTriage, type TriageDesk } from '../../../../test/support/triage-fixture';
import { register, resusRegistration } from './register';
import { resusSchema } from './triage.schema';

describe('registering an arrival', () => {
  let ledger: Ledger;
  let triage: TriageDesk;
  let nurse: UserPrincipal;

  beforeAll(async () => {
    ledger = await startLedger();
    triage = openTriage(ledger);
    nurse = await ledger.person(['triage_nurse']);
  });

  afterAll(() => ledger?.stop());

  const numbered = (value: string, more: Readonly<Record<string, unknown>> = {}) => ({
    patient: { name: '李明', sex: 'male', identifiers: [{ authority: 'HIS', type: 'MR', value }], ...more },
  });
  const patientRow = async (id: string) =>
    (
      await ledger.sql<{ age_days: number | null; age_estimated: boolean; unidentified: boolean; version: number }>(
        'select age_days, age_estimated, unidentified, version from patient where id = $1',
        [id],
      )
    )[0]!;

  it('gives tickets in the order of arrival, one series for each desk, without gaps or doubles', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => triage.register(nurse)));
    const tickets = (await Promise.all(answers.map((answer) => done(Promise.resolve(answer))))).map(
      ({ ticketNo }) => ticketNo,
    );
    expect(tickets.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, n) => n + 1));
    const both = await ledger.person(['triage_nurse'], { ward: null });
    expect(await done(triage.register(both, { wardId: ledger.otherWard }))).toMatchObject({ ticketNo: 1 });
  });

  it('takes an unidentified patient with an estimated age, marked as one', async () => {
    const patient = { unidentified: true, sex: 'female', estimatedAgeYears: 40 };
    const { patientId } = await done(triage.register(nurse, { patient }));
    expect(await patientRow(patientId)).toMatchObject({ age_days: 14_610, age_estimated: true, unidentified: true });
  });

  it('leaves the age open when nobody estimates it, and the rules say so', async () => {
    const patient = { unidentified: true };
    const { caseId } = await done(triage.register(nurse, { patient }));
    const { evaluation } = await done(triage.assess(nurse, caseId, { vitals: { spo2: 85 } }));
    expect(evaluation).toMatchObject({ floor: 'II', provisional: true });
    expect(evaluation.missing).toContain('age');
  });

  it('refuses a birth date in the future or longer ago than anybody lives', async () => {
    const tomorrow = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
    for (const birthDate of [tomorrow, '1800-01-01']) {
      const refusal = await refused(triage.register(nurse, { patient: { name: '甲', birthDate } }));
      expect(refusal).toMatchObject({ code: 'VALIDATION_FAILED', detail: { paths: ['birthDate'] } });
    }
  });

  it('knows a patient by number, with the age of today, and fills in what was not known', async () => {
    const first = await done(triage.register(nurse, numbered('K-1', { birthDate: '2020-03-01' })));
    await ledger.sql('update patient set age_days = 100 where id = $1', [first.patientId]);
    const again = await done(triage.register(nurse, numbered(' k-1 ', { name: ' 李明', phone: '13900001111' })));
    expect(again.patientId).toBe(first.patientId);
    const { age_days } = await patientRow(first.patientId);
    expect(age_days).toBeGreaterThan(365 * 6);
    const detail = await ledger.sql(`select detail from audit where action = 'patient.update' and entity_id = $1`, [
      first.patientId,
    ]);
    expect(detail).toEqual([{ detail: { fields: expect.arrayContaining(['ageDays', 'phone']) } }]);
  });

  it('refuses a number that belongs to somebody of another name', async () => {
    await done(triage.register(nurse, numbered('K-2')));
    const refusal = await refused(triage.register(nurse, numbered('K-2', { name: '王芳' })));
    expect(refusal).toMatchObject({ code: 'CONFLICT', detail: { path: 'patient.identifiers' } });
  });

  it('makes one patient of two arrivals with one number at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => done(triage.register(nurse, numbered('K-3')))));
    expect(new Set(answers.map(({ patientId }) => patientId)).size).toBe(1);
  });

  it('refuses a visit that is registered already', async () => {
    await done(triage.register(nurse, { visitNumber: 'V-1' }));
    const refusal = await refused(triage.register(nurse, { visitNumber: 'V-1' }));
    expect(refusal).toMatchObject({ code: 'CONFLICT', detail: { path: 'visitNumber' } });
  });

  it('refuses an arrival that has not happened yet, a foreign ward, and whoever is not of the desk', async () => {
    const arrivedAt = new Date(Date.now() + 3_600_000).toISOString();
    expect((await refused(triage.register(nurse, { arrivedAt }))).code).toBe('VALIDATION_FAILED');
    expect((await refused(triage.register(nurse, { wardId: ledger.otherWard }))).code).toBe('NOT_FOUND');
    const coder = await ledger.person(['coder']);
    expect((await refused(triage.register(coder))).code).toBe('FORBIDDEN');
  });

  it('leaves nothing of an arrival whose first assessment is refused', async () => {
    const before = await ledger.sql('select count(*) from cases');
    const assessment = { complaint: '', measuredAt: new Date(Date.now() + 7_200_000).toISOString() };
    await refused(triage.register(nurse, { assessment }));
    expect(await ledger.sql('select count(*) from cases')).toEqual(before);
  });

  it('by a machine is an arrival read by a device', async () => {
    const machine = await ledger.service(['triage:write']);
    const assessment = { complaint: '头晕', vitals: { pulse: 80 }, measuredAt: new Date().toISOString() };
    const { caseId } = await done(triage.register(machine, { assessment }));
    expect(await ledger.sql('select source from fact where case_id = $1', [caseId])).toEqual([{ source: 'device' }]);
    expect(await triage.reviews(caseId)).toHaveLength(1);
  });

  describe('straight to resus', () => {
    const rush = (body: Readonly<Record<string, unknown>> = {}) =>
      done(
        within(
          ledger,
          nurse,
        )((tx) =>
          register(tx, resusRegistration(resusSchema.parse({ wardId: ledger.ward, ...body })), { timeScale: 1 }),
        ),
      );

    it('needs nothing but the desk: level I, called to RESUS at once, a review for signing afterwards', async () => {
      const answer = await rush();
      expect(answer).toMatchObject({ state: 'called', room: 'RESUS' });
      expect(answer.assessment).toMatchObject({ level: 'I', floor: null });
      const row = await triage.standing(answer.caseId);
      expect(row).toMatchObject({
        level: 'I',
        provisional: true,
        straightToResus: true,
        room: 'RESUS',
        limitSeconds: 0,
      });
      expect(await patientRow(answer.patientId)).toMatchObject({ unidentified: true });
      const of = await triage.caseNow(answer.caseId);
      expect([of.state, of.version]).toEqual(['called', answer.version]);
      expect(await triage.openReviewOf(answer.caseId)).toMatchObject({ id: answer.assessment!.reviewId, round: 1 });
      expect((await triage.told(answer.caseId)).map(({ action }) => action)).toEqual([
        'triage.register',
        'triage.assess',
        'triage.call',
      ]);
      expect(await triage.woken(answer.caseId)).toEqual(['triageWorkflow', 'changed']);
    });

    it('takes what is known along', async () => {
      const { patientId } = await rush({ patient: { name: '赵云', estimatedAgeYears: 30 } });
      expect(await patientRow(patientId)).toMatchObject({ unidentified: false, age_estimated: true });
    });

    it('is signed afterwards, and then stands where it was signed', async () => {
      const { caseId } = await rush();
      await done(triage.assess(nurse, caseId, { complaint: '抽搐' }));
      expect((await triage.standing(caseId)).level).toBe('I');
      await done(triage.sign(nurse, caseId, 'III'));
      expect(await triage.standing(caseId)).toMatchObject({ level: 'III', provisional: false });
      await done(triage.assess(nurse, caseId, { retriage: true }));
      expect((await triage.standing(caseId)).level).toBe('III');
    });

    it('can be undone into the queue, still at level I', async () => {
      const { caseId } = await rush();
      expect(await done(triage.undo(nurse, caseId))).toMatchObject({ state: 'assessing', room: null });
      expect((await triage.standing(caseId)).level).toBe('I');
    });
  });

  describe('a correction', () => {
    it('links the new case to the old, which is cancelled and kept', async () => {
      const wrong = await triage.arrive(nurse);
      const corrects = { caseId: wrong.caseId, reason: 'wrong-patient', note: '实为李小明' };
      const right = await done(triage.register(nurse, { patient: { name: '李小明' }, corrects }));
      expect(await triage.caseNow(right.caseId)).toMatchObject({
        corrects: wrong.caseId,
        correctionReason: 'wrong-patient',
      });
      expect((await triage.caseNow(wrong.caseId)).state).toBe('cancelled');
      expect(await ledger.sql('select from fact where case_id = $1', [wrong.caseId])).toHaveLength(1);
      expect((await triage.reviews(wrong.caseId)).map(({ state }) => state)).toEqual(['withdrawn']);
    });

    it('of an ended case leaves it as it is', async () => {
      const { caseId } = await triage.arrive(nurse);
      await done(triage.move(nurse, caseId, { move: 'leave' }));
      await done(triage.register(nurse, { corrects: { caseId, reason: 'ended-wrongly' } }));
      expect((await triage.caseNow(caseId)).state).toBe('left');
    });

    it('of the same patient goes on with their visit', async () => {
      const patient = numbered('K-9').patient;
      const wrong = await done(triage.register(nurse, { patient, visitNumber: 'V-9' }));
      const corrects = { caseId: wrong.caseId, reason: 'ended-wrongly' };
      const right = await done(triage.register(nurse, { patient, visitNumber: 'V-9', corrects }));
      const visits = await ledger.sql<{ n: number }>(
        'select count(distinct visit_id)::int n from cases where id = any($1)',
        [[wrong.caseId, right.caseId]],
      );
      expect(visits).toEqual([{ n: 1 }]);
    });

    it('happens once, and to a case that this person reaches', async () => {
      const { caseId } = await triage.arrive(nurse);
      const corrects = { caseId, reason: 'duplicate' };
      const { caseId: newer } = await done(triage.register(nurse, { corrects }));
      const again = await refused(triage.register(nurse, { corrects }));
      expect(again).toMatchObject({ code: 'CONFLICT', detail: { correctedBy: newer } });
      const unknown = { caseId: crypto.randomUUID(), reason: 'duplicate' };
      const elsewhere = { role: 'triage_nurse', wardId: ledger.otherWard } as const;
      const both = { ...nurse, grants: [...nurse.grants, elsewhere] };
      const other = { corrects: { caseId: (await triage.arrive(nurse, null)).caseId, reason: 'duplicate' } };
      const { caseId: hidden } = await done(triage.register(both, { wardId: ledger.otherWard, ...other }));
      expect(await refused(triage.register(nurse, other))).toMatchObject({ detail: { correctedBy: hidden } });
      expect((await refused(triage.register(nurse, { corrects: unknown }))).code).toBe('NOT_FOUND');
    });
  });
});
