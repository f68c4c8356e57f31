import { setImmediate as breathe } from 'node:timers/promises';
import { z } from 'zod';
import { type DecidedReview, decidedReviews, fromTheFirst } from '#libs/db/stores/agreement.store';
import { record } from '#libs/db/stores/record.store';
import { type Tx } from '#libs/db/transaction';
import { agreementOf, type AgreementRow, type Compared, type Measured } from '#libs/processes/agreement';
import { processes, type ProcessName } from '#libs/processes/index';
import { type Work } from '../http/answer';
import { type AgreementQuery } from './agreement.schema';

/** How often people, rules and model agreed in a period. */
export interface Agreement {
  readonly process: string;
  readonly from: string;
  readonly to: string;
  readonly reviews: number;
  readonly truncated: boolean;
  readonly rows: readonly AgreementRow[];
}

const month = 30 * 24 * 60 * 60_000;
const most = 20_000;
const batch = 500;

/** Counts agreement over the decisions of a period (the last thirty days where none is given). */
export const showAgreement =
  (process: ProcessName, { from, to }: AgreementQuery): Work<Agreement> =>
  async (tx) => {
    const end = to === undefined ? new Date() : new Date(to);
    const start = from === undefined ? new Date(end.getTime() - month) : new Date(from);
    const period = { process, from: start.toISOString(), to: end.toISOString() };
    const { agreement: measured } = processes[process];
    const reviews = await comparedIn(tx, period, measured);
    const counted = reviews.slice(0, most);
    await record(tx, { audit: { action: 'agreement.shown', entityType: 'review', outcome: 'shown', detail: period } });
    return {
      ...period,
      reviews: counted.length,
      truncated: reviews.length > most,
      rows: agreementOf(counted, measured),
    };
  };

/** In batches with a breath between them: opening what people wrote must not keep other requests waiting. */
const comparedIn = async (
  tx: Tx,
  period: { process: string; from: string; to: string },
  measured: Measured,
): Promise<Compared[]> => {
  const all: Compared[] = [];
  let after: Pick<DecidedReview, 'at' | 'decisionId'> = fromTheFirst;
  for (let full = true; full && all.length <= most;) {
    const page = await decidedReviews(tx, period, { after, limit: batch });
    all.push(...page.map((review) => comparedOf(review, measured)));
    after = page.at(-1) ?? after;
    full = page.length === batch;
    await breathe();
  }
  return all;
};

const drafted = z.object({
  promptId: z.string().nullable().catch(null),
  promptVersion: z.number().nullable().catch(null),
  modelConfigured: z.string().nullable().catch(null),
  modelAnswered: z.string().nullable().catch(null),
});

const comparedOf = (review: DecidedReview, { valueOf, valueOfFloor }: Measured): Compared => {
  const { action, floor, draft, packs } = review;
  const signed = valueOf(review.signed);
  const [pack] = packs ?? [];
  return {
    ...originOf(draft),
    levelPack: pack ? { id: pack.id, version: pack.version } : null,
    shown: draft?.shown ?? null,
    floor: floor === null ? null : valueOfFloor(floor),
    draft: draft && valueOf(draft.answer),
    // A level signed by hand is the signer's own, also where a draft was on offer that they never asked to see.
    own: valueOf(review.judgement) ?? (action === 'manual' ? signed : null),
    signed,
    hasty: review.hasty,
  };
};

const originOf = (draft: DecidedReview['draft']): Pick<Compared, 'promptId' | 'promptVersion' | 'model'> => {
  const { promptId, promptVersion, modelAnswered, modelConfigured } = drafted.parse(draft?.record ?? {});
  return { promptId, promptVersion, model: modelAnswered ?? modelConfigured };
};
