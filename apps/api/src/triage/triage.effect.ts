import { moveCaseOn } from '#libs/db/stores/case.store';
import {
  isNoOlderThanAny,
  limitsOf,
  type SignedPlace,
  signedPlace,
  updateTriageCase,
} from '#libs/db/stores/triage.store';
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
    // Whoever decides holds the case's row already.
    const place = await signedPlace(tx, review.caseId);
    const { limitSeconds, retriageSeconds } = limitsOf(content.level);
    const stale = await staleVitals(tx, decided, { latest: place.vitals, validSeconds: retriageSeconds * timeScale });
    if (stale) return stale;
    await Promise.all([
      updateTriageCase(tx, place.id, {
        level: content.level,
        decidedLevel: content.level,
        provisional: false,
        limitSeconds,
        retriageSeconds,
        decisionId,
        clockStartedAt: place.clockStartedAt ?? decided.decidedAt,
      }),
      place.state === 'assessing' && moveCaseOn(tx, place, { state: 'waiting', ended: false }),
    ]);
    const clockStartedAt = (place.clockStartedAt ?? decided.decidedAt).toISOString();
    return { level: content.level, clockStartedAt, limitSeconds };
  };

const staleVitals = async (
  tx: Tx,
  { decidedAt, acknowledgedFacts }: DecidedReview<AcuityContent>,
  { latest, validSeconds }: { latest: SignedPlace['vitals']; validSeconds: number },
): Promise<Refusal | null> => {
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
