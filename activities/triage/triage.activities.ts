import { heartbeat, Context } from '@temporalio/activity';
import { type CaseEntity } from '#libs/db/entities/case.entity';
import { type Tx } from '#libs/db/transaction';
import { suspicionsIn } from '#libs/llm/suspicion';
import { CountersignError } from '#libs/errors/errors';
import { type FailedDraft } from '#libs/llm/outcome';
import { type Assessment, type PatientFacts, standingAssessment } from '#libs/processes/triage/triage.assessment';
import { isAtOnce } from '#libs/processes/triage/triage.clock';
import {
  acuity,
  type AcuityDraft,
  type DraftOutcome,
  type TriageLedgerActivities,
  type TriageModelActivities,
  type TriageStanding,
} from '#libs/processes/triage/triage.contract';
import { acuityGate, breachAudience } from '#libs/processes/triage/triage.gate';
import { isWaiting, type TriageState } from '#libs/processes/triage/triage.moves';
import { evaluateTriage } from '#libs/processes/triage/triage.rules';
import { type ActivityDependencies, asWorker } from '../dependencies';
import { reviewWindow } from '../review/review-window';
import { acuityInput, acuityPrompt, draftOfAnswer, withoutNames } from './triage.prompt';

/** The database-only steps of triage: local activities, each idempotent by its key. */
export const createTriageLedgerActivities = (deps: ActivityDependencies): TriageLedgerActivities => {
  const { stores } = deps;
  return {
    loadTriage: ({ caseId }) => asWorker(deps, caseId, (tx) => standingOf(deps, tx, caseId)),
    commitTriage: ({ caseId, approved }) =>
      asWorker(deps, caseId, async (tx) => {
        const committed = await stores.triage.commitDecision(tx, approved);
        if (committed === 'not-in-ledger') throw new CountersignError('UNBACKED_SIGNAL', { caseId });
        if (committed === 'committed')
          await stores.records.record(tx, {
            audit: {
              action: 'triage.commit',
              entityType: 'decision',
              entityId: approved.decisionId,
              caseIds: [caseId],
              after: approved.contentSha256,
            },
          });
        return standingOf(deps, tx, caseId);
      }),
    warnTriageBreach: ({ caseId, clockKey, step }) =>
      asWorker(deps, caseId, (tx) => warnBreach(deps, tx, { caseId, clockKey, step })),
    openReassessment: ({ caseId, dueAt }) =>
      asWorker(deps, caseId, async (tx) => {
        const of = await stores.cases.lockCase(tx, caseId);
        if (of && isWaiting(of.state as TriageState)) await askReassessment(deps, tx, { of, dueAt });
      }),
  };
};

const standingOf = async (deps: ActivityDependencies, tx: Tx, caseId: string): Promise<TriageStanding> => {
  const { openRound, ...standing } = await deps.stores.triage.triageStanding(tx, caseId, deps.timeScale);
  if (openRound === null) return { ...standing, review: null };
  const { step } = acuityGate;
  return { ...standing, review: await reviewWindow(deps, tx, { caseId, step, round: openRound }) };
};

/** A task for a new assessment, never a review; one at a time, however many reasons there are. */
const askReassessment = async (
  { stores }: ActivityDependencies,
  tx: Tx,
  { of, dueAt }: { of: CaseEntity; dueAt: string },
): Promise<void> => {
  const task = { kind: 're-assessment', key: stores.triage.reassessmentKey(of.id, dueAt), dueAt: new Date(dueAt) };
  if (!(await stores.tasks.openOnlyTask(tx, of, task))) return;
  await stores.records.record(tx, {
    audit: { action: 'triage.ask-reassessment', entityType: 'case', entityId: of.id, caseIds: [of.id] },
    changed: { topic: 'case', entityId: of.id, wardId: of.wardId },
  });
};

/** The case is locked first, and the clock compared: nobody is warned about a patient who was just seen. */
const warnBreach = async (
  deps: ActivityDependencies,
  tx: Tx,
  { caseId, clockKey, step }: { caseId: string; clockKey: string; step: number },
): Promise<void> => {
  const { stores, timeScale } = deps;
  const of = await stores.cases.lockCase(tx, caseId);
  const { clock } = await stores.triage.triageStanding(tx, caseId, timeScale);
  if (!of || clock?.key !== clockKey) return;
  const breach = clock.warnings.find((warning) => warning.step === step && warning.isBreach);
  if (breach) await askReassessment(deps, tx, { of, dueAt: breach.at });
  const audience = breachAudience[Math.min(step, breachAudience.length - 1)] ?? 'physician';
  const told = await stores.notices.raiseNotice(tx, {
    kind: 'breach',
    audience,
    uniqueKey: stores.triage.breachKey(caseId, clockKey, step),
    wardId: of.wardId,
    caseId,
    data: { step, ...(isAtOnce(clockKey) && { level: 'I' }) },
  });
  if (told)
    await stores.records.record(tx, {
      audit: {
        action: 'triage.warn',
        entityType: 'case',
        entityId: caseId,
        caseIds: [caseId],
        detail: { step, audience },
      },
      changed: { topic: 'case', entityId: caseId, wardId: of.wardId },
    });
};

/*
 * A worker that is stopped, or was not heard of for so long that Temporal asked another one, leaves its draft to that one,
 * and a workflow that continued as new asks again: no failure of the model's. What the workflow gave up itself is one.
 */
const giveUpWhenTakenOver = async (): Promise<void> => {
  const { cancellationDetails, cancelled } = Context.current();
  if (cancellationDetails !== undefined && !cancellationDetails.cancelRequested) await cancelled;
};

/**
 * Notes a failure: the review shows manual from now on. While somebody waits and the endpoint was away or busy, Temporal
 * asks again, and a draft that comes late is offered beside; an endpoint that answers badly would do so for ever.
 */
const noteFailure = async (
  deps: ActivityDependencies,
  round: { caseId: string; reviewId: string; redraftRound: number },
  { code, reason, retryable, record: { raw: _raw, ...record } }: FailedDraft,
): Promise<DraftOutcome> => {
  const failure = { ...round, code, reason, record };
  const awaited = await asWorker(deps, round.caseId, (tx) => deps.stores.drafts.storeDraftFailure(tx, failure));
  if (awaited && retryable && code !== 'MODEL_BAD_ANSWER')
    throw new CountersignError(code, { reviewId: round.reviewId });
  return { outcome: 'failed', code };
};

/** Drafts once per redraft round; what a reviewer may see of it is decided when it is stored. */
export const createTriageModelActivities = (deps: ActivityDependencies): TriageModelActivities => ({
  draftTriage: async ({ caseId, reviewId, redraftRound }): Promise<DraftOutcome> => {
    const { stores } = deps;
    const material = await asWorker(deps, caseId, async (tx) => {
      const rollout = await stores.rollouts.rolloutOfCase(tx, { process: 'triage', caseId });
      if (rollout.mode === 'off') return 'off' as const;
      const found = await stores.drafts.draftMaterial(tx, reviewId, redraftRound);
      return typeof found === 'string' ? found : { ...found, packs: await stores.packs.packsInForce(tx) };
    });
    if (material === 'off') return { outcome: 'off' };
    if (material === 'too-late') return { outcome: 'too-late' };
    if (material === 'drafted') return { outcome: 'stored' };
    const assessment = standingAssessment(material.assessments as readonly [Assessment, ...Assessment[]]);
    const patient: PatientFacts = { ...material.patient };
    const evaluation = evaluateTriage({ assessment, patient }, material.packs);
    const input = acuityInput({
      assessment,
      evaluation,
      ageDays: patient.ageDays ?? null,
      ageEstimated: patient.ageEstimated,
      sex: patient.sex,
      notes: material.notes,
      draft: material.draft as AcuityDraft | null,
      names: material.names,
    });
    const { cancellationSignal: signal } = Context.current();
    const onProgress = (): void => heartbeat();
    const answer = await deps.model.draft({ prompt: acuityPrompt, input, maxTokens: 2000, signal, onProgress });
    if (!answer.ok) {
      await giveUpWhenTakenOver();
      return noteFailure(deps, { caseId, reviewId, redraftRound }, answer);
    }
    return asWorker(deps, caseId, async (tx): Promise<DraftOutcome> => {
      const { raw, ...how } = answer.record;
      const written = [assessment.complaint, ...material.notes.map(({ text }) => text)];
      const record = { ...how, suspicions: suspicionsIn(written) };
      const draft = draftOfAnswer(answer.value, withoutNames(assessment.complaint, material.names));
      const { mode } = await stores.rollouts.rolloutOfCase(tx, { process: 'triage', caseId });
      const stored = await stores.drafts.storeDraft(tx, {
        reviewId,
        redraftRound,
        basedOnFact: material.factId,
        raw: { answer: draft, raw },
        record,
        show: mode === 'draft',
        shown: (floor) => acuity.rules.shown(draft, floor),
        declared: acuity.rules.declared(draft),
        fields: acuity.rules.fields,
      });
      return { outcome: stored };
    });
  },
});
