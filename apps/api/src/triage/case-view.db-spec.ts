import { type UserPrincipal } from '#libs/auth/principal';
import { type GateContract } from '#libs/processes/process.contract';
import { acuity } from '#libs/processes/triage/triage.contract';
import { done, type Ledger, refused, startLedger, within } from '../../../../test/support/ledger-fixture';
import { acuityDraft, offerDraft } from '../../../../test/support/review-desk';
import { ageLastMove, calm, openTriage, type TriageDesk } from '../../../../test/support/triage-fixture';
import { showCase } from './case-view';
import { caseViewSchema } from './case-view.schema';

describe('the record of a case', () => {
  let ledger: Ledger;
  let triage: TriageDesk;
  let nurse: UserPrincipal;

  beforeAll(async () => {
    ledger = await startLedger();
    triage = openTriage(ledger);
    nurse = await ledger.person(['triage_nurse'], { name: '林护士' });
  });

  afterAll(() => ledger?.stop());

  const look = (caseId: string, as: UserPrincipal = nurse) =>
    within(ledger, as)((tx) => showCase(tx, { caseId, timeScale: 1 }));
  const show = (caseId: string) => done(look(caseId));

  it('tells who found, decided and did what, and when', async () => {
    const identifiers = [{ authority: 'HIS', type: 'MR', value: 'M-1' }];
    const patient = { name: '李明', sex: 'male', birthDate: '1970-01-02', phone: '010-1', identifiers };
    const { caseId } = await done(triage.register(nurse, { patient, visitNumber: 'VN-1', arrivalMode: 'ambulance' }));
    await done(triage.assess(nurse, caseId, { complaint: '腹痛', vitals: calm }));
    await done(triage.sign(nurse, caseId, 'III'));
    await done(triage.move(nurse, caseId, { move: 'call', room: '5' }));
    await done(triage.undo(nurse, caseId, { reason: '叫错' }));
    const view = await show(caseId);
    expect(caseViewSchema.parse(JSON.parse(JSON.stringify(view)))).toEqual(JSON.parse(JSON.stringify(view)));
    expect(view).toMatchObject({
      caseId,
      state: 'waiting',
      version: (await triage.caseNow(caseId)).version,
      level: 'III',
      decidedLevel: 'III',
      provisional: false,
      openedBy: '林护士',
      moves: ['call', 'leave', 'cancel'],
      undo: null,
      admission: null,
      patient: { name: '李明', phone: '010-1', birthDate: '1970-01-02', identifiers, linkedFrom: null, version: 1 },
      visit: { number: 'VN-1' },
      links: { corrects: null, correctedBy: null },
    });
    expect(view.facts.map(({ kind, source, recordedBy }) => [kind, source, recordedBy])).toEqual([
      ['registration', 'person', '林护士'],
      ['assessment', 'person', '林护士'],
    ]);
    expect(view.facts[0]!.content).toEqual({ arrivalMode: 'ambulance' });
    expect(view.facts[1]!.content).toMatchObject({ complaint: '腹痛' });
    expect(view.history.map(({ move, by, reason, undone }) => [move, by, reason, undone])).toEqual([
      ['call', '林护士', null, true],
      ['undo', '林护士', '叫错', false],
    ]);
    expect(view.reviews).toHaveLength(1);
    expect(view.reviews[0]).toMatchObject({
      round: 1,
      state: 'decided',
      decision: { action: 'manual', by: '林护士', role: 'triage_nurse', secondBy: null, content: { level: 'III' } },
    });
    expect(view.evaluation).toMatchObject({ floor: 'IV', incomplete: false });
    expect(view.questions.map(({ id }) => id)).toContain('finding/pain');
  });

  it('names what can be undone, until when', async () => {
    const { caseId } = await triage.arrive(nurse);
    await done(triage.move(nurse, caseId, { move: 'call', room: '5' }));
    expect((await show(caseId)).undo).toMatchObject({ move: 'call' });
    await ageLastMove(ledger, caseId, 601);
    expect((await show(caseId)).undo).toBeNull();
  });

  it('shows nothing that a model made, before or after a decision', async () => {
    const { caseId, assessment } = await triage.arrive(nurse);
    const gate = acuity as unknown as GateContract<never, never, never>;
    const draft = acuityDraft('I', { department: '模型科室' });
    await offerDraft(ledger, assessment!.reviewId!, { draft, gate });
    expect(JSON.stringify(await show(caseId))).not.toMatch(/模型科室|chest pain/);
    await done(triage.sign(nurse, caseId, { content: { level: 'III', department: null, note: '' } }));
    expect(JSON.stringify(await show(caseId))).not.toMatch(/模型科室|chest pain/);
  });

  it('links a correction both ways', async () => {
    const wrong = await triage.arrive(nurse);
    const corrects = { caseId: wrong.caseId, reason: 'wrong-patient' };
    const right = await done(triage.register(nurse, { corrects }));
    expect((await show(wrong.caseId)).links).toMatchObject({ correctedBy: right.caseId });
    expect((await show(right.caseId)).links).toEqual({
      corrects: wrong.caseId,
      correctionReason: 'wrong-patient',
      correctedBy: null,
      preNotice: null,
    });
  });

  it('stops the wait when the patient is seen', async () => {
    const { caseId } = await triage.arrive(nurse);
    await ledger.sql(`update triage_case set clock_started_at = now() - interval '1 hour' where case_id = $1`, [
      caseId,
    ]);
    await done(triage.move(nurse, caseId, { move: 'call', room: '5' }));
    await done(triage.move(nurse, caseId, { move: 'see' }));
    const view = await show(caseId);
    expect(view.seenAt).not.toBeNull();
    expect(Math.round(view.waitedSeconds / 60)).toBe(60);
    await done(triage.move(nurse, caseId, { move: 'close', disposition: 'admitted' }));
    expect(await show(caseId)).toMatchObject({ disposition: 'admitted', admission: 'requested' });
  });

  it('is audited before it is sent, and shown to nobody else', async () => {
    const { caseId } = await triage.arrive(nurse);
    await show(caseId);
    expect((await triage.told(caseId)).at(-1)).toEqual({
      action: 'triage-case.shown',
      entity_type: 'triage-case',
      outcome: 'shown',
    });
    const before = await triage.told(caseId);
    const coder = await ledger.person(['coder']);
    expect((await refused(look(caseId, coder))).code).toBe('FORBIDDEN');
    const elsewhere = await ledger.person(['physician'], { ward: ledger.otherWard });
    expect((await refused(look(caseId, elsewhere))).code).toBe('NOT_FOUND');
    expect((await refused(look(crypto.randomUUID()))).code).toBe('NOT_FOUND');
    expect(await triage.told(caseId)).toEqual(before);
    await ledger.sql('revoke insert on audit from countersign_app');
    try {
      await expect(look(caseId)).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    } finally {
      await ledger.sql('grant insert on audit to countersign_app');
    }
  });
});
