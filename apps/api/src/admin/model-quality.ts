import { record } from '#libs/db/stores/record.store';
import { processes, type ProcessName } from '#libs/processes/index';
import { type ModelQuality, modelQualityOf } from '#libs/processes/model-quality';
import { type Work } from '../http/answer';
import { comparedIn, periodOf } from './agreement';
import { type AgreementQuery } from './agreement.schema';

/** The quality of drafts in a period. */
export interface ModelQualityAnswer extends ModelQuality {
  readonly process: string;
  readonly from: string;
  readonly to: string;
  readonly reviews: number;
  readonly truncated: boolean;
}

/** Counts how good drafts were and what seeing them did, over the decisions of a period (the last thirty days where none is given). */
export const showModelQuality =
  (process: ProcessName, query: AgreementQuery): Work<ModelQualityAnswer> =>
  async (tx) => {
    const period = { process, ...periodOf(query) };
    const { reviews, truncated } = await comparedIn(tx, period);
    const audit = { action: 'model-quality.shown', entityType: 'review', outcome: 'shown', detail: period } as const;
    await record(tx, { audit });
    const { agreement: measured } = processes[process];
    return { ...period, reviews: reviews.length, truncated, ...modelQualityOf(reviews, measured) };
  };
