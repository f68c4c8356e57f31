import { CaseEntity } from '#libs/db/entities/case.entity';
import { advanceCase } from '#libs/db/stores/case.store';
import { isNoOlderThanAny, latestVitals, limitsOf, triageCase, updateTriageCase } from '#libs/db/stores/triage.store';
import { type Tx } from '#libs/db/transaction';
import { type AcuityContent } from '#libs/processes/triage/triage.contract';
import { refuse, type Refusal } from '#libs/review/refusal';
import { type DecidedReview, type Effect } from '../reviews/effect';

/**
 * What a signed level makes true at once: the level, its response limit on the running clock, the place in the queue.
 * Vital signs older than the re-assessment interval of the level, or found by others before arrival, cannot back it unless
 * the signer acknowledges them; whoever did so is not asked again because a newer set came that is old, too (ADR 0009).
 */
export const triageEffect =
  (timeScale: number): Effect<AcuityContent> =>
  async (tx, decided) => {
    const { review, content, decisionId } = decided;
    const of = await tx.manager.findOneOrFail(CaseEntity, {
      where: { id: review.caseId },
      lock: { mode: 'pessimistic_write' },
    });
    const row = await triageCase(tx, of.id);
    const { limitSeconds, retriageSeconds } = limitsOf(content.level);
    const stale = await staleVitals(tx, decided, retriageSeconds * timeScale);
    if (stale) return stale;
    await updateTriageCase(tx, of.id, {
      level: content.level,
      decidedLevel: content.level,
      provisional: false,
      limitSeconds,
      retriageSeconds,
      decisionId,
      clockStartedAt: row.clockStartedAt ?? decided.decidedAt,
    });
    if (of.state === 'assessing') await advanceCase(tx, of, { state: 'waiting', ended: false });
    const clockStartedAt = (row.clockStartedAt ?? decided.decidedAt).toISOString();
    return { level: content.level, clockStartedAt, limitSeconds };
  };

const staleVitals = async (
  tx: Tx,
  { review, decidedAt, acknowledgedFacts }: DecidedReview<AcuityContent>,
  validSeconds: number,
): Promise<Refusal | null> => {
  const latest = await latestVitals(tx, review.caseId);
  if (!latest) return null;
  const measured = { facts: [latest.id], measuredAt: latest.effectiveAt.toISOString() };
  if (latest.source === 'prehospital')
    return acknowledgedFacts.includes(latest.id)
      ? null
      : refuse('STALE_VITALS', { ...measured, source: latest.source });
  const age = (decidedAt.getTime() - latest.effectiveAt.getTime()) / 1000;
  if (age <= validSeconds) return null;
  return (await isNoOlderThanAny(tx, latest, acknowledgedFacts)) ? null : refuse('STALE_VITALS', measured);
};
