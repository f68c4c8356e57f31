import { setImmediate as nextTurn } from 'node:timers/promises';
import { packsInForce } from '#libs/db/stores/packs-in-force.store';
import { assessmentsOf, type PastAssessment, pastCases } from '#libs/db/stores/past-assessment.store';
import { record } from '#libs/db/stores/record.store';
import { findRulePackVersion, rulePackContent, type RulePackVersion } from '#libs/db/stores/rule-pack.store';
import { type Tx } from '#libs/db/transaction';
import { approvedPacks } from '#libs/packs/approved-packs';
import { triagePacksSchema } from '#libs/packs/pack.schema';
import { type TriagePacks } from '#libs/packs/pack.types';
import { triageInputSchema } from '#libs/processes/triage/triage.assessment';
import { changes, countChanges, dryRun, type DryRunOutcome, movesOf } from '#libs/processes/triage/triage.dry-run';
import { refuse } from '#libs/review/refusal';
import { type Work } from '../http/answer';
import { recordShown } from '../http/shown';
import { pathsOf } from '../http/validation';
import { type DryRunAnswer, type DryRunBody } from './rule-packs.schema';

/** Cases read at a time. */
const batchSize = 50;
/** Assessments evaluated in one turn (about a millisecond each); then other requests have theirs. */
const perTurn = 10;
const mostListed = 1000;
const defaultDays = 30;

type Packs = Parameters<typeof dryRun>[1];
type Evaluated = { readonly past: PastAssessment; readonly outcome: DryRunOutcome };
type Read = { readonly cases: number; readonly evaluated: readonly Evaluated[]; readonly unreadable: number };
type Period = { readonly from: Date; readonly to: Date; readonly limit: number };

/** Which levels of past cases would be others under a version than under the one in force. Changes nothing. */
export const dryRunRulePacks =
  (id: string, body: DryRunBody): Work<DryRunAnswer> =>
  async (tx) => {
    const version = await findRulePackVersion(tx, id);
    if (!version) return refuse('NOT_FOUND');
    const content = triagePacksSchema.safeParse(await rulePackContent(tx, id));
    if (!content.success)
      return refuse('CONFLICT', {
        reason: 'no longer valid in this release',
        paths: pathsOf(content.error.issues),
      });
    const period = periodOf(body);
    const read = await evaluateAll(tx, period, {
      inForce: await packsInForce(tx),
      candidate: named(content.data, version),
    });
    const answer = answerOf(version, period, read);
    await recordRun(tx, id, answer);
    return answer;
  };

const named = (packs: TriagePacks, { number }: RulePackVersion): TriagePacks =>
  approvedPacks(packs, { number, approvedBy: null, effectiveFrom: null });

const periodOf = ({ from, to, limit }: DryRunBody): Period => {
  const end = to === undefined ? new Date() : new Date(to);
  return {
    from: from === undefined ? new Date(end.getTime() - defaultDays * 86_400_000) : new Date(from),
    to: end,
    limit,
  };
};

const evaluateAll = async (tx: Tx, { from, to, limit }: Period, packs: Packs): Promise<Read> => {
  const evaluated: Evaluated[] = [];
  let [cases, unreadable] = [0, 0];
  let after: string | null = null;
  for (let more = true; more && cases < limit;) {
    const wanted = Math.min(batchSize, limit - cases);
    const batch: string[] = await pastCases(tx, { from, to, after, limit: wanted });
    const assessments = batch.length === 0 ? [] : await assessmentsOf(tx, batch);
    const outcomes = await evaluateInTurns(assessments, packs);
    evaluated.push(...outcomes);
    unreadable += assessments.length - outcomes.length;
    cases += batch.length;
    after = batch.at(-1) ?? null;
    more = batch.length === wanted;
  }
  return { cases, evaluated, unreadable };
};

const evaluateInTurns = async (assessments: readonly PastAssessment[], packs: Packs): Promise<Evaluated[]> => {
  const evaluated: Evaluated[] = [];
  for (const [at, past] of assessments.entries()) {
    if (at % perTurn === 0) await nextTurn();
    evaluated.push(...evaluateOne(past, packs));
  }
  return evaluated;
};

const evaluateOne = (past: PastAssessment, packs: Packs): Evaluated[] => {
  const { content: assessment, ageDays, ageEstimated, sex } = past;
  const patient = { ageEstimated, sex, ...(ageDays !== null && { ageDays }) };
  const input = triageInputSchema.safeParse({ assessment, patient });
  return input.success ? [{ past, outcome: dryRun(input.data, packs) }] : [];
};

const answerOf = (
  { number }: RulePackVersion,
  { from, to }: Period,
  { cases, evaluated, unreadable }: Read,
): DryRunAnswer => {
  const changed = evaluated.filter(({ outcome }) => changes(outcome));
  const floors = evaluated.map(({ outcome }) => outcome.floor);
  return {
    number,
    from: from.toISOString(),
    to: to.toISOString(),
    cases,
    assessments: evaluated.length,
    unreadable,
    changedCases: new Set(changed.map(({ past }) => past.caseId)).size,
    floor: countChanges(floors),
    proposed: countChanges(evaluated.map(({ outcome }) => outcome.proposed)),
    floorMoves: [...movesOf(floors)],
    changed: changed.slice(0, mostListed).map(({ past: { caseId, factId, recordedAt }, outcome }) => ({
      caseId,
      factId,
      recordedAt: recordedAt.toISOString(),
      ...outcome,
    })),
    moreChanged: Math.max(0, changed.length - mostListed),
  };
};

/** The run itself, and whose levels its answer shows. */
const recordRun = async (tx: Tx, id: string, answer: DryRunAnswer): Promise<void> => {
  const { number, from, to, cases, assessments, changedCases } = answer;
  const detail = { number, from, to, cases, assessments, changedCases };
  await record(tx, { audit: { action: 'rule-packs.dry-run', entityType: 'rule-pack-set', entityId: id, detail } });
  const caseIds = [...new Set(answer.changed.map(({ caseId }) => caseId))];
  if (caseIds.length > 0) await recordShown(tx, { entityType: 'rule-pack-dry-run', entityId: id, caseIds });
};
