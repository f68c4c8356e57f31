import { type UserPrincipal } from '#libs/auth/principal';
import { unaudited } from '#libs/invariants/audit-trail';
import { type InfectionScreening } from '#libs/processes/triage/triage.screening';
import { done, type Ledger, refused, startLedger } from '../../../../test/support/ledger-fixture';
import { calm, freshCursors, freshDesk, openTriage, type TriageDesk } from '../../../../test/support/triage-fixture';
import { showCase } from './case-view';
import { overridePrecaution } from './precaution';
import { showQueue } from './queue';
import { queueQuerySchema } from './triage.schema';

describe('precautions against infection', () => {
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

  const row = async (query: Readonly<Record<string, string>> = {}) => {
    const parsed = queueQuerySchema.parse({ wardId: ledger.ward, ...query });
    const order = { query: parsed, timeScale: 1, cursors: freshCursors };
    const { rows } = await done(ledger.inTransaction(nurse, (tx) => showQueue(tx, order)));
    return rows[0]!;
  };
  const held = (infection: InfectionScreening | null) =>
    infection?.precautions.filter(({ holds }) => holds).map(({ id }) => id);
  const override = (caseId: string, body: { precaution: 'fever-clinic' | 'enteric-isolation'; holds: boolean }) =>
    ledger.inTransaction(nurse, (tx) =>
      overridePrecaution(tx, { caseId, body: { ...body, reason: '室外暴晒后复测正常' } }),
    );
  const shown = (caseId: string) => done(ledger.inTransaction(nurse, (tx) => showCase(tx, { caseId, timeScale: 1 })));

  it('follow from answers at registration, before anybody has assessed', async () => {
    const { caseId, state } = await done(
      triage.register(nurse, { screening: { feverContact: true, respiratorySymptoms: true } }),
    );
    expect(state).toBe('awaiting-assessment');
    const { infection } = await row();
    expect(held(infection)).toEqual(['fever-clinic', 'respiratory-isolation']);
    expect(infection!.notAsked.map(({ id }) => id)).toEqual([
      'recentFever',
      'rash',
      'diarrhoea',
      'resistantOrganism',
      'immunosuppressed',
    ]);
    expect((await shown(caseId)).infection).toEqual(infection);
  });

  it('follow from each assessment and from a machine’s temperature, and stand in the review’s view', async () => {
    const { caseId } = await triage.arrive(nurse, { flags: { diarrhoea: true } });
    expect(held((await row()).infection)).toEqual(['enteric-isolation']);
    const monitor = await whole.service(['triage:write']);
    await done(triage.assess(monitor, caseId, { vitals: { temperature: 38.2 }, flags: { rash: true } }));
    expect(held((await row()).infection)).toEqual(['fever-clinic', 'enteric-isolation']);
    const review = await triage.openReviewOf(caseId);
    const view = await done(triage.desk.view(nurse, review!.id));
    expect(view.rules).toMatchObject({
      infection: JSON.parse(JSON.stringify((await shown(caseId)).infection)) as object,
    });
  });

  it('change no level, open no review and wake nobody', async () => {
    const { caseId } = await triage.arrive(nurse);
    const before = [await triage.standing(caseId), await triage.reviews(caseId), await triage.woken(caseId)];
    await done(override(caseId, { precaution: 'enteric-isolation', holds: true }));
    expect([await triage.standing(caseId), await triage.reviews(caseId), await triage.woken(caseId)]).toEqual(before);
  });

  it('are overridden by a person with a reason, which is kept, encrypted and audited', async () => {
    const { caseId } = await triage.arrive(nurse, { vitals: { ...calm, temperature: 37.6 } });
    const answer = await done(override(caseId, { precaution: 'fever-clinic', holds: false }));
    expect(answer.infection.precautions).toMatchObject([
      { id: 'fever-clinic', holds: false, rules: ['fever'], override: 'lifted' },
    ]);
    expect(held((await row()).infection)).toEqual([]);
    const { facts } = await shown(caseId);
    expect(facts.at(-1)).toMatchObject({
      kind: 'screening',
      source: 'person',
      recordedBy: nurse.name,
      content: { override: { precaution: 'fever-clinic', holds: false, reason: '室外暴晒后复测正常' } },
    });
    const stored = await ledger.sql<{ row: string }>(
      `select t::text "row" from fact t where kind = 'screening' and case_id = $1`,
      [caseId],
    );
    expect(JSON.stringify(stored)).not.toContain(Buffer.from('室外暴晒').toString('hex'));
    expect(await unaudited(ledger.sql)).toEqual([]);
    await done(triage.assess(nurse, caseId, { vitals: { temperature: 38.9 } }));
    expect(held((await row()).infection)).toEqual(['fever-clinic']);
  });

  it('stand again in the queue by what a machine measured since, whatever else was put above the rules later', async () => {
    const { caseId } = await triage.arrive(nurse, { vitals: { ...calm, temperature: 39 } });
    await done(override(caseId, { precaution: 'fever-clinic', holds: false }));
    const monitor = await whole.service(['triage:write']);
    await done(triage.assess(monitor, caseId, { vitals: { temperature: 38.1 } }));
    await done(override(caseId, { precaution: 'enteric-isolation', holds: true }));
    await done(triage.assess(monitor, caseId, { vitals: { temperature: 36.8 } }));
    const { infection } = await shown(caseId);
    expect(held(infection)).toEqual(['fever-clinic', 'enteric-isolation']);
    expect((await row()).infection).toEqual(infection);
  });

  it('are not for an ended case, nor for shared screens', async () => {
    const { caseId } = await triage.arrive(nurse, { flags: { diarrhoea: true } });
    expect(await row({ masked: 'true' })).toMatchObject({ infection: null, allergies: null });
    await done(triage.move(nurse, caseId, { move: 'leave' }));
    const refusal = await refused(override(caseId, { precaution: 'fever-clinic', holds: true }));
    expect(refusal.code).toBe('TRANSITION_NOT_ALLOWED');
  });
});
