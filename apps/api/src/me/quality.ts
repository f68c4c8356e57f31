import { type UserPrincipal } from '#libs/auth/principal';
import { countQuality, daysBefore, type QualityCount, type QualityPeriod } from '#libs/db/stores/quality.store';
import { acrossWards, type Tx } from '#libs/db/transaction';
import { type Work } from '../http/answer';
import { type Quality, type QualityQuery } from './quality.schema';

/** As many others must have signed before the figures of a unit are told: of fewer one could guess whose they are. */
const fewestOthers = 5;

/**
 * How a person signs beside shown drafts, on whatever ward they did, and how the wards do that they reach now. Nothing of
 * it is audited or told to anybody else: it is theirs to think about.
 */
export const showQuality =
  ({ id }: UserPrincipal, { process: asked, days }: QualityQuery, now = new Date()): Work<Quality> =>
  async (tx) => {
    const process = asked ?? null;
    const { from, today } = await daysBefore(tx, now, Number(days));
    const period = { process, from, askedBy: id };
    const own = await acrossWards(tx, () => countQuality(tx, { ...period, until: null, of: id }));
    return {
      process,
      days: Number(days),
      from: from.toISOString(),
      own: figuresOf(own),
      unit: process === null ? null : await unitOf(tx, { ...period, until: today }),
    };
  };

/* Without today, and for one process: two looks, one before and one after a colleague signs, or at all processes and at all
   but one, would show what a single person did. */
const unitOf = async (
  tx: Tx,
  period: Omit<QualityPeriod, 'of' | 'until'> & { until: Date },
): Promise<Quality['unit']> => {
  const unit = await countQuality(tx, { ...period, of: null });
  return unit.others < fewestOthers ? null : { ...figuresOf(unit), until: period.until.toISOString() };
};

const figuresOf = ({ signed, unchanged, medianSeconds, hasty }: QualityCount): Quality['own'] => ({
  signed,
  unchangedRate: signed === 0 ? null : Math.round((unchanged / signed) * 100) / 100,
  medianSeconds: medianSeconds === null ? null : Math.round(medianSeconds * 10) / 10,
  hasty,
});
