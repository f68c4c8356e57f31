import { ActivityCancellationDetails, CancelledFailure } from '@temporalio/common';
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
import { openTriage } from '../../test/support/triage-fixture';
import { createTriageModelActivities } from './triage.activities';
import { type AcuityAnswer, acuityPrompt } from './triage.prompt';

jest.setTimeout(120_000);

describe('draftTriage', () => {
  let ledger: Ledger;
  let nurse: UserPrincipal;
  let desk: Desk;
  let server: RehearsalServer;
  let model: ModelEndpoint;
  let steps: TriageModelActivities;
  const bodies: string[] = [];
  let drafter = rehearseAcuity;

  beforeAll(async () => {
    ledger = await startLedger();
    nurse = await ledger.person(['triage_nurse']);
    desk = openDesk(ledger);
    server = await startRehearsalServer({
      drafters: { triage_acuity: (input) => drafter(input) },
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

  afterEach(async () => {
    drafter = rehearseAcuity;
    await ledger.sql('delete from setting');
  });

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

  it.each([
    ['its own is stopped', 'WORKER_SHUTDOWN', { workerShutdown: true }],
    ['its own was not heard of', 'TIMED_OUT', { timedOut: true }],
    ['its workflow continued as new', 'NOT_FOUND', { notFound: true }],
  ] as const)('is left to another worker, and no failure, when %s', async (_, reason, details) => {
    const arrived = await arrive(ledger, nurse);
    server.setFault('headers-silence', 1);
    const environment = new MockActivityEnvironment();
    environment.on('heartbeat', () => undefined);
    const drafting = environment.run(steps.draftTriage, { ...arrived, redraftRound: 0 });
    const before = server.received();
    while (server.received() === before) await new Promise(setImmediate);
    environment.cancel(reason, new ActivityCancellationDetails(details));
    await expect(drafting).rejects.toThrow(CancelledFailure);
    expect(await reviewNow(ledger, arrived.reviewId)).toMatchObject({ draftVersion: 0, draftFailedCode: null });
    expect(await draft(arrived)).toEqual({ outcome: 'shown' });
  });

  it('counts as failed in no attempt once another one got it', async () => {
    const arrived = await arrive(ledger, nurse);
    server.setFault('headers-silence', 1);
    const environment = new MockActivityEnvironment();
    const late = environment.run(steps.draftTriage, { ...arrived, redraftRound: 0 });
    const before = server.received();
    while (server.received() === before) await new Promise(setImmediate);
    expect(await draft(arrived)).toEqual({ outcome: 'shown' });
    environment.cancel('CANCELLED', new ActivityCancellationDetails({ cancelRequested: true }));
    expect(await late).toEqual({ outcome: 'failed', code: 'MODEL_CANCELLED' });
    expect(await reviewNow(ledger, arrived.reviewId)).toMatchObject({ draftVersion: 1, draftFailedCode: null });
    expect(
      await ledger.sql(`select 1 from review_event where kind = 'draft-failed' and review_id = $1`, [arrived.reviewId]),
    ).toEqual([]);
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

  it('L-6: asks three times at most for what is degenerate, and leaves the review to manual work', async () => {
    const before = server.received();
    const inEnglish = (answer: AcuityAnswer): AcuityAnswer => ({
      ...answer,
      reasons: answer.reasons.map((reason) => ({ ...reason, zh: reason.en })),
    });
    drafter = (input) => inEnglish(acuityPrompt.schema.parse(rehearseAcuity(input)));
    const arrived = await arrive(ledger, nurse);
    try {
      expect(await draft(arrived)).toEqual({ outcome: 'failed', code: 'MODEL_BAD_ANSWER' });
    } finally {
      drafter = rehearseAcuity;
    }
    expect(server.received()).toBe(before + 3);
    expect(await drafts(arrived.reviewId)).toEqual([]);
    expect(await reviewNow(ledger, arrived.reviewId)).toMatchObject({
      state: 'open',
      draftFailedCode: 'MODEL_BAD_ANSWER',
    });
    await done(desk.decide(nurse, arrived.reviewId, { content: level('II') }));
  });

  it('notes a failure with its code and leaves the review to manual work', async () => {
    const arrived = await arrive(ledger, nurse);
    server.setFault('echo-400', 9);
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

  it('is asked for again after the model was away, and offers the draft beside what was noted', async () => {
    const arrived = await arrive(ledger, nurse);
    server.setFault('echo-503', 9);
    try {
      await expect(draft(arrived)).rejects.toMatchObject({ code: 'MODEL_REFUSED' });
    } finally {
      server.setFault(null);
    }
    expect((await reviewNow(ledger, arrived.reviewId)).draftFailedCode).toBe('MODEL_REFUSED');
    expect(await draft(arrived)).toEqual({ outcome: 'shown' });
    expect(await reviewNow(ledger, arrived.reviewId)).toMatchObject({ draftVersion: 1, draftFailedCode: null });
    expect(await drafts(arrived.reviewId)).toHaveLength(1);
  });

  it('leaves the round that was asked for since alone when it fails', async () => {
    const arrived = await arrive(ledger, nurse);
    await done(desk.redraft(nurse, arrived.reviewId, []));
    server.setFault('echo-400', 9);
    try {
      expect(await draft(arrived, 0)).toMatchObject({ outcome: 'failed' });
    } finally {
      server.setFault(null);
    }
    expect((await reviewNow(ledger, arrived.reviewId)).draftFailedCode).toBeNull();
    expect((await done(desk.view(nurse, arrived.reviewId))).redraft).toMatchObject({ round: 1, pending: true });
  });

  describe('after a redraft was asked for', () => {
    const answer = (change: Partial<AcuityAnswer> = {}): AcuityAnswer => ({
      level: 'II',
      reasons: [{ zh: '胸痛伴出汗', en: 'chest pain with sweating', quote: '胸痛' }],
      redFlags: [],
      department: null,
      addressedNotes: [],
      unaddressedNotes: [],
      ...change,
    });
    const notes = [
      { text: '请写去向', field: 'department' },
      { text: '请列出危险征象', field: 'redFlags' },
    ];
    /** The view of a review whose second draft is this model's, and the input which that model got. */
    const redrafted = async (second: (input: unknown) => unknown) => {
      const inputs: unknown[] = [];
      drafter = () => answer();
      const arrived = await arrive(ledger, nurse);
      await draft(arrived);
      await done(desk.judge(nurse, arrived.reviewId, { level: 'II', note: '' }));
      await done(desk.redraft(nurse, arrived.reviewId, notes));
      drafter = (input) => {
        inputs.push(input);
        return second(input);
      };
      expect(await draft(arrived, 1)).toEqual({ outcome: 'shown' });
      const { draft: shown, redraft } = await done(desk.view(nurse, arrived.reviewId));
      return { input: inputs[0], changed: shown?.changedSince, outcomes: redraft.notes.map((note) => note.outcomes) };
    };
    const outcome = (name: string, changed: boolean) => [{ version: 2, outcome: name, changed }];

    it('gives the model the open notes with their numbers, and the draft they are about', async () => {
      const { input } = await redrafted(() => answer());
      expect(input).toMatchObject({
        notes: [
          { id: 1, text: '请写去向', field: 'department' },
          { id: 2, text: '请列出危险征象', field: 'redFlags' },
        ],
        draft: { level: 'II', department: null, reasons: [{ zh: '胸痛伴出汗' }] },
      });
    });

    it('shows of a model that ignores them that nothing was declared or touched', async () => {
      const { changed, outcomes } = await redrafted(() => answer());
      expect(outcomes).toEqual([outcome('not-declared', false), outcome('not-declared', false)]);
      expect(changed).toEqual({ version: 1, fields: [], collateral: [] });
    });

    it('shows of a model that only claims to heed them that nothing changed, and ignores numbers it invents', async () => {
      const { outcomes } = await redrafted(() => answer({ addressedNotes: [1, 2, 42], unaddressedNotes: [41] }));
      expect(outcomes).toEqual([outcome('claimed-unchanged', false), outcome('claimed-unchanged', false)]);
    });

    it('shows what was heeded, what was declined, and what changed that nobody asked for', async () => {
      const { changed, outcomes } = await redrafted(() =>
        answer({ level: 'I', department: '胸痛中心', addressedNotes: [1], unaddressedNotes: [2] }),
      );
      expect(outcomes).toEqual([outcome('addressed', true), outcome('not-addressed', false)]);
      expect(changed).toEqual({ version: 1, fields: ['department', 'level'], collateral: ['level'] });
    });

    it('takes a number in both lists for not declared', async () => {
      const { outcomes } = await redrafted(() => answer({ addressedNotes: [1], unaddressedNotes: [1, 2] }));
      expect(outcomes).toEqual([outcome('not-declared', false), outcome('not-addressed', false)]);
    });
  });

  it('drafts from what was said of the patient and what a monitor measured since, not from its reading alone', async () => {
    const monitor = await ledger.service(['triage:write']);
    const arrived = await arrive(ledger, nurse);
    const inputs: unknown[] = [];
    drafter = (input) => {
      inputs.push(input);
      return rehearseAcuity(input);
    };
    const triage = openTriage(ledger);
    const factIds: string[] = [];
    for (const pulse of [101, 102, 103]) {
      const reading = { complaint: '', vitals: { pulse } };
      factIds.push((await done(triage.assess(monitor, arrived.caseId, reading))).factId);
    }
    await draft(arrived);
    expect(inputs).toMatchObject([{ complaint: '胸痛两小时伴出汗', vitals: { spo2: 88, pulse: 103 } }]);
    const [based] = await ledger.sql('select based_on_fact from draft where review_id = $1', [arrived.reviewId]);
    expect(based).toEqual({ based_on_fact: factIds.at(-1) });
  });
});
