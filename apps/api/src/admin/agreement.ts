import { setImmediate as breathe } from 'node:timers/promises';
import { z } from 'zod';
import { type DecidedIn, type DecidedReview, decidedReviews, fromTheFirst } from '#libs/db/stores/agreement.store';
import { record } from '#libs/db/stores/record.store';
import { type Tx } from '#libs/db/transaction';
import { agreementOf, type AgreementRow, type Compared, type Measured } from '#libs/processes/agreement';
import { type Judged } from '#libs/processes/model-quality';
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
    const period = { process, ...periodOf({ from, to }) };
    const { agreement: measured } = processes[process];
    const { reviews: counted, truncated } = await comparedIn(tx, period);
    await record(tx, { audit: { action: 'agreement.shown', entityType: 'review', outcome: 'shown', detail: period } });
    return {
      ...period,
      reviews: counted.length,
      truncated,
      rows: agreementOf(counted, measured),
    };
  };

/** A period as asked for; the last thirty days where nothing was said. */
export const periodOf = ({ from, to }: AgreementQuery): { from: string; to: string } => {
  const end = to === undefined ? new Date() : new Date(to);
  const start = from === undefined ? new Date(end.getTime() - month) : new Date(from);
  return { from: start.toISOString(), to: end.toISOString() };
};

/** The decisions of a period, opened and compared: the first ones, where there are more than can be counted. */
export interface ComparedIn {
  readonly reviews: readonly Judged[];
  readonly truncated: boolean;
}

/** In batches with a breath between them: opening what people wrote must not keep other requests waiting. */
export const comparedIn = async (tx: Tx, period: DecidedIn & { process: ProcessName }): Promise<ComparedIn> => {
  const { agreement: measured } = processes[period.process];
  const all: Judged[] = [];
  let after: Pick<DecidedReview, 'at' | 'decisionId'> = fromTheFirst;
  for (let full = true; full && all.length <= most;) {
    const page = await decidedReviews(tx, period, { after, limit: batch });
    all.push(...page.map((review) => judgedOf(review, measured)));
    after = page.at(-1) ?? after;
    full = page.length === batch;
    await breathe();
  }
  return { reviews: all.slice(0, most), truncated: all.length > most };
};

const judgedOf = (review: DecidedReview, measured: Measured): Judged => {
  const { action, week, signedBy, secondsOpen } = review;
  return { ...comparedOf(review, measured), action, week, signedBy, secondsOpen };
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
