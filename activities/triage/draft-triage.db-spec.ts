import { MockActivityEnvironment } from '@temporalio/testing';
import { type UserPrincipal } from '#libs/auth/principal';
import { inBlindSample } from '#libs/crypto/blind-sample';
import { createModelEndpoint, type ModelEndpoint } from '#libs/llm/endpoint';
import { type RehearsalServer, startRehearsalServer } from '#libs/llm/rehearsal/server';
import { type DraftOutcome, type TriageModelActivities } from '#libs/processes/triage/triage.contract';
import { rehearseAcuity } from '#libs/processes/triage/triage.rehearsal';
import { activityDeps } from '../../test/support/activity-deps';
import { done, type Ledger, startLedger } from '../../test/support/ledger-fixture';
import { arrive, type Arrived, type Desk, level, openDesk, reviewNow } from '../../test/support/review-desk';
import { createTriageModelActivities } from './triage.activities';

jest.setTimeout(120_000);

describe('draftTriage', () => {
  let ledger: Ledger;
  let nurse: UserPrincipal;
  let desk: Desk;
  let server: RehearsalServer;
  let model: ModelEndpoint;
  let steps: TriageModelActivities;
  const bodies: string[] = [];

  beforeAll(async () => {
    ledger = await startLedger();
    nurse = await ledger.person(['triage_nurse']);
    desk = openDesk(ledger);
    server = await startRehearsalServer({
      drafters: { triage_acuity: rehearseAcuity },
      onRequest: ({ body }) => bodies.push(body),
    });
    model = createModelEndpoint({ baseUrl: server.baseUrl, model: server.model });
    steps = createTriageModelActivities(activityDeps(ledger, model));
  });

  afterAll(async () => {
    await model?.close();
    await server?.close();
    await ledger?.stop();
  });

  afterEach(() => ledger.sql('delete from setting'));

  const draft = (at: Arrived, redraftRound = 0) =>
    new MockActivityEnvironment().run(steps.draftTriage, { ...at, redraftRound }) as Promise<DraftOutcome>;
  const rollout = (mode: string, blindPercent = 0) =>
    ledger.sql(`insert into setting (organisation_id, name, value) values ($1, 'rollout.triage', $2)`, [
      ledger.organisationId,
      JSON.stringify({ mode, blindPercent }),
    ]);
  const drafts = (reviewId: string) =>
    ledger.sql<{ version: number; shown: boolean; record: Record<string, unknown> }>(
      'select version, shown, record from draft where review_id = $1 order by version',
      [reviewId],
    );

  it('offers a draft with everything needed to reproduce it, and asks the model once', async () => {
    const arrived = await arrive(ledger, nurse);
    expect(await draft(arrived)).toEqual({ outcome: 'shown' });
    expect(await draft(arrived)).toEqual({ outcome: 'stored' });
    const [stored, ...more] = await drafts(arrived.reviewId);
    expect(more).toEqual([]);
    for (const key of ['promptId', 'promptVersion', 'promptSha256', 'modelConfigured', 'parameters', 'inputSha256'])
      expect(stored?.record[key]).not.toBeNull();
    expect(stored?.record['rehearsal']).toBe(true);
    expect(JSON.stringify(stored?.record)).not.toContain('胸痛');
    expect(await reviewNow(ledger, arrived.reviewId)).toMatchObject({ draftVersion: 1, version: 1 });
  });

  it('sends neither the name nor a number of the patient', async () => {
    bodies.length = 0;
    await draft(await arrive(ledger, nurse));
    expect(bodies.join()).toContain('胸痛');
    expect(bodies.join()).not.toContain('李明');
  });

  it('asks nobody while the rollout is off', async () => {
    await rollout('off');
    const before = server.received();
    const arrived = await arrive(ledger, nurse);
    expect(await draft(arrived)).toEqual({ outcome: 'off' });
    expect(server.received()).toBe(before);
    expect(await drafts(arrived.reviewId)).toEqual([]);
  });

  it('stores a shadow draft where nobody sees it', async () => {
    await rollout('shadow');
    const arrived = await arrive(ledger, nurse);
    expect(await draft(arrived)).toEqual({ outcome: 'stored' });
    expect(await drafts(arrived.reviewId)).toMatchObject([{ version: 1, shown: false }]);
    expect((await reviewNow(ledger, arrived.reviewId)).draftVersion).toBe(0);
  });

  it('stores the draft of a case in the blind sample unseen, and offers those of the others', async () => {
    await rollout('draft', 50);
    const cases: Arrived[] = [];
    for (let i = 0; i < 12; i++) cases.push(await arrive(ledger, nurse));
    for (const arrived of cases) {
      const blind = inBlindSample(arrived.caseId, 50);
      expect(await draft(arrived)).toEqual({ outcome: blind ? 'stored' : 'shown' });
      expect(await drafts(arrived.reviewId)).toMatchObject([{ version: 1, shown: !blind }]);
    }
  });

  it('keeps a draft that comes after the decision, unseen', async () => {
    const arrived = await arrive(ledger, nurse);
    await done(desk.decide(nurse, arrived.reviewId, { content: level('II') }));
    expect(await draft(arrived)).toEqual({ outcome: 'too-late' });
    expect((await reviewNow(ledger, arrived.reviewId)).draftVersion).toBe(0);
  });

  it('notes a failure with its code and leaves the review to manual work', async () => {
    const arrived = await arrive(ledger, nurse);
    server.setFault('echo-503', 9);
    try {
      expect(await draft(arrived)).toMatchObject({ outcome: 'failed' });
    } finally {
      server.setFault(null);
    }
    const review = await reviewNow(ledger, arrived.reviewId);
    expect(review).toMatchObject({ state: 'open', draftVersion: 0 });
    expect(review.draftFailedCode).toMatch(/^MODEL_/);
    await done(desk.decide(nurse, arrived.reviewId, { content: level('II') }));
  });
});
