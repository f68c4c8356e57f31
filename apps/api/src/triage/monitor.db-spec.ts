import { type ServicePrincipal, type UserPrincipal } from '#libs/auth/principal';
import { acuity } from '#libs/processes/triage/triage.contract';
import { type Vitals } from '#libs/processes/triage/triage.assessment';
import { done, type Ledger, refused, startLedger } from '../../../../test/support/ledger-fixture';
import { acuityDraft, type DecisionInput, level, offerDraft } from '../../../../test/support/review-desk';
import { calm, openTriage, type TriageDesk } from '../../../../test/support/triage-fixture';

/* A bedside monitor sends vital signs between everything that a nurse does; who signs must get through. */
describe('signing under a monitor', () => {
  let ledger: Ledger;
  let triage: TriageDesk;
  let nurse: UserPrincipal;
  let monitor: ServicePrincipal;

  beforeAll(async () => {
    ledger = await startLedger();
    triage = openTriage(ledger);
    nurse = await ledger.person(['triage_nurse']);
    monitor = await ledger.service(['triage:write']);
  });
  afterAll(() => ledger.stop());

  const sends = async (caseId: string, vitals: Vitals, measuredAt?: string): Promise<string> => {
    const sent = { complaint: '', vitals, ...(measuredAt !== undefined && { measuredAt }) };
    return (await done(triage.assess(monitor, caseId, sent))).factId;
  };
  /** Sets that differ from each other and change nothing: neither floor nor early-warning band nor level. */
  const harmless = async (caseId: string, sets = 5): Promise<string[]> => {
    const facts: string[] = [];
    for (let n = 0; n < sets; n += 1) facts.push(await sends(caseId, { pulse: 66 + n, spo2: 97 + (n % 3) }));
    return facts;
  };
  const raises = (caseId: string) => sends(caseId, { pulse: 160 });

  /** A waiting patient whose draft was shown to the nurse, with sets before and after each of her steps. */
  const shown = async (drafted: 'II' | 'IV' = 'IV') => {
    const { caseId, assessment } = await triage.arrive(nurse);
    const reviewId = assessment!.reviewId!;
    await offerDraft(ledger, reviewId, { draft: acuityDraft(drafted), gate: acuity });
    await harmless(caseId);
    await done(triage.desk.judge(nurse, reviewId, { level: drafted, note: '' }));
    await harmless(caseId);
    const { draft, version } = await done(triage.desk.view(nurse, reviewId));
    const bound: DecisionInput = { version, draftVersion: draft!.version, draftSha256: draft!.sha256 };
    return { caseId, reviewId, bound };
  };
  const requests = (bound: DecisionInput): readonly DecisionInput[] => [
    { action: 'approve', ...bound },
    { action: 'amend', ...bound, content: level('III'), reasonCode: 'clinical-judgement' },
    { action: 'manual', content: level('IV') },
  ];

  it.each([0, 1, 2])('refuses nothing while nothing clinical changed, however many sets came (%#)', async (which) => {
    const { caseId, reviewId, bound } = await shown();
    await harmless(caseId, 10);
    expect(await done(triage.desk.decide(nurse, reviewId, requests(bound)[which]!))).toMatchObject({
      state: 'decided',
    });
  });

  it('wakes the workflow with no set but the one that moves the patient', async () => {
    const { caseId } = await triage.arrive(nurse);
    const before = await triage.woken(caseId);
    await harmless(caseId, 10);
    expect(await triage.woken(caseId)).toEqual(before);
    await raises(caseId);
    expect(await triage.woken(caseId)).toEqual([...before, 'changed']);
  });

  it('lists those sets as newer than the draft, and asks for no other draft', async () => {
    const { caseId, reviewId } = await shown();
    const later = await harmless(caseId, 3);
    const view = await done(triage.desk.view(nurse, reviewId));
    expect(view).toMatchObject({ staleFacts: [], draft: { version: 1 }, redraft: { round: 0 } });
    expect(view.newerFacts).toHaveLength(13);
    expect(view.newerFacts.slice(-3)).toEqual(later);
    expect(await triage.woken(caseId)).not.toContain('redraftAsked');
  });

  it.each([0, 1, 2])(
    'refuses once when the floor rose, names the fact, and takes the acknowledgement (%#)',
    async (which) => {
      const { caseId, reviewId, bound } = await shown('II');
      await harmless(caseId);
      const factId = await raises(caseId);
      await harmless(caseId);
      const request = {
        ...requests(bound)[which],
        ...(which > 0 && { content: level('II'), reasonCode: 'data-missing' }),
      };
      const refusal = await refused(triage.desk.decide(nurse, reviewId, request));
      expect(refusal).toMatchObject({ code: 'STALE_FACTS', detail: { facts: [factId] } });
      await harmless(caseId);
      await sends(caseId, { pulse: 162 });
      const { facts } = refusal.detail as { facts: string[] };
      const signed = await done(triage.desk.decide(nurse, reviewId, { ...request, acknowledgedFacts: facts }));
      expect(signed).toMatchObject({ state: 'decided', effect: { level: 'II' } });
    },
  );

  it('refuses again only when the floor rose again', async () => {
    const { caseId, reviewId, bound } = await shown('II');
    const first = await raises(caseId);
    const request = { action: 'manual', version: bound.version!, content: level('I') };
    expect((await refused(triage.desk.decide(nurse, reviewId, request))).detail).toEqual({ facts: [first] });
    const second = await sends(caseId, { pulse: 190 });
    await harmless(caseId);
    const again = await refused(triage.desk.decide(nurse, reviewId, { ...request, acknowledgedFacts: [first] }));
    expect(again.detail).toEqual({ facts: [second] });
    await sends(caseId, { pulse: 195 });
    const acknowledgedFacts = [first, second];
    const why = { acknowledgedFacts, reasonCode: 'clinical-judgement' };
    expect(await done(triage.desk.decide(nurse, reviewId, { ...request, ...why }))).toMatchObject({ state: 'decided' });
  });

  it('asks once about vital signs that come too late, not for every late set', async () => {
    const measuredAt = new Date(Date.now() - 90 * 60_000).toISOString();
    const { caseId, assessment } = await triage.arrive(nurse, { measuredAt });
    const reviewId = assessment!.reviewId!;
    const late = async (minutes: number) =>
      sends(caseId, { pulse: 70 }, new Date(Date.now() - minutes * 60_000).toISOString());
    await late(80);
    await done(triage.desk.view(nurse, reviewId));
    const latest = await late(79);
    const request = { action: 'manual', content: level('IV') };
    const refusal = await refused(triage.desk.decide(nurse, reviewId, request));
    expect(refusal).toMatchObject({ code: 'STALE_VITALS', detail: { facts: [latest] } });
    await late(78);
    await done(triage.desk.view(nurse, reviewId));
    await late(77);
    const signed = await done(triage.desk.decide(nurse, reviewId, { ...request, acknowledgedFacts: [latest] }));
    expect(signed).toMatchObject({ state: 'decided' });
  });

  it('takes only a set of this case for an acknowledgement', async () => {
    const { caseId, assessment } = await triage.arrive(nurse, {
      vitals: calm,
      measuredAt: new Date(Date.now() - 90 * 60_000).toISOString(),
    });
    const [{ id: first }] = (await ledger.sql<{ id: string }>('select id from fact where case_id = $1', [caseId])) as [
      { id: string },
    ];
    const registration = await ledger.sql<{ id: string }>('select id from fact where case_id <> $1 limit 1', [caseId]);
    const request = { action: 'manual', content: level('IV') };
    const foreign = { ...request, acknowledgedFacts: registration.map(({ id }) => id) };
    await done(triage.desk.view(nurse, assessment!.reviewId!));
    expect((await refused(triage.desk.decide(nurse, assessment!.reviewId!, foreign))).code).toBe('STALE_VITALS');
    const own = { ...request, acknowledgedFacts: [first] };
    expect(await done(triage.desk.decide(nurse, assessment!.reviewId!, own))).toMatchObject({ state: 'decided' });
  });

  it('leaves a first signature standing through harmless sets, and voids it when the floor rises', async () => {
    const physician = await ledger.person(['physician']);
    const below = async () => {
      const { caseId, assessment } = await triage.arrive(nurse, { vitals: { ...calm, spo2: 85 } });
      const reviewId = assessment!.reviewId!;
      await done(triage.desk.view(nurse, reviewId));
      const request = { content: level('III'), reasonCode: 'clinical-judgement' };
      const first = await done(triage.desk.decide(nurse, reviewId, request));
      await harmless(caseId);
      await done(triage.desk.view(physician, reviewId));
      await harmless(caseId);
      return { caseId, reviewId, second: { signatureId: first.signatureId, contentSha256: first.contentSha256 } };
    };
    const quiet = await below();
    expect(await done(triage.desk.countersign(physician, quiet.reviewId, quiet.second))).toMatchObject({
      state: 'decided',
    });
    const worse = await below();
    await sends(worse.caseId, { pulse: 190 });
    expect((await refused(triage.desk.countersign(physician, worse.reviewId, worse.second))).code).toBe(
      'NOT_AWAITING_SECOND',
    );
  });

  it('asks a person to look once, however often the readings swing', async () => {
    const { caseId } = await triage.arrive(nurse);
    await done(triage.sign(nurse, caseId, 'III'));
    for (let n = 0; n < 6; n += 1) await sends(caseId, { ...calm, respiratoryRate: n % 2 === 0 ? 25 : 16 });
    const open = await ledger.sql('select from task where case_id = $1 and done_at is null', [caseId]);
    expect(open).toHaveLength(1);
  });

  it('keeps asking what the complaint calls for', async () => {
    const { caseId, assessment } = await triage.arrive(nurse, { complaint: '胸痛两小时' });
    const reviewId = assessment!.reviewId!;
    const before = await done(triage.desk.view(nurse, reviewId));
    await harmless(caseId, 2);
    const after = await done(triage.desk.view(nurse, reviewId));
    expect(before.questions.length).toBeGreaterThan(0);
    expect(after.questions).toEqual(before.questions);
  });
});
