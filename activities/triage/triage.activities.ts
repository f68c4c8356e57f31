import { heartbeat, Context } from '@temporalio/activity';
import { type CaseEntity } from '#libs/db/entities/case.entity';
import { type Tx } from '#libs/db/transaction';
import { CountersignError } from '#libs/errors/errors';
import { type Assessment, type PatientFacts } from '#libs/processes/triage/triage.assessment';
import {
  acuity,
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
    data: { step },
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
    const assessment = material.assessment as Assessment;
    const patient: PatientFacts = { ...material.patient };
    const evaluation = evaluateTriage({ assessment, patient }, material.packs);
    const input = acuityInput({
      assessment,
      evaluation,
      ageDays: patient.ageDays ?? null,
      ageEstimated: patient.ageEstimated,
      sex: patient.sex,
      notes: material.notes,
      names: material.names,
    });
    const answer = await deps.model.draft({
      prompt: acuityPrompt,
      input,
      maxTokens: 2000,
      signal: Context.current().cancellationSignal,
      onProgress: () => heartbeat(),
    });
    const base = { reviewId, redraftRound, basedOnFact: material.factId };
    return asWorker(deps, caseId, async (tx): Promise<DraftOutcome> => {
      const { raw, ...record } = answer.record;
      if (!answer.ok) {
        await stores.drafts.storeDraftFailure(tx, { ...base, code: answer.code, reason: answer.reason, record });
        return { outcome: 'failed', code: answer.code };
      }
      const draft = draftOfAnswer(answer.value, withoutNames(assessment.complaint, material.names));
      const { mode } = await stores.rollouts.rolloutOfCase(tx, { process: 'triage', caseId });
      const stored = await stores.drafts.storeDraft(tx, {
        ...base,
        raw: { answer: draft, raw },
        record,
        show: mode === 'draft',
        shown: (floor) => acuity.rules.shown(draft, floor),
      });
      return { outcome: stored };
    });
  },
});
