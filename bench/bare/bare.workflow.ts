import { condition, defineSignal, proxyActivities, proxyLocalActivities, setHandler } from '@temporalio/workflow';
import { ledgerStep } from '../../workflows/shared/activity-options';
import { type BareActivities, type BareModelActivities } from './bare.activities';

const { insertDraft, insertResult } = proxyLocalActivities<BareActivities>(ledgerStep);

const { askModel } = proxyActivities<BareModelActivities>({ startToCloseTimeout: '5m' });

const decided = defineSignal('decided');

/** The least a durable approval can be: a draft is written, a signal is awaited, the result is written. No checks. */
export async function bareFlow(id: string): Promise<void> {
  let woken = false;
  setHandler(decided, () => {
    woken = true;
  });
  await insertDraft(id);
  await condition(() => woken);
  await insertResult(id);
}

/** The same with a model that is asked for the draft, in an ordinary activity. */
export async function bareDraftFlow(id: string): Promise<void> {
  await askModel();
  await bareFlow(id);
}
