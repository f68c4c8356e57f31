import { condition, defineSignal, proxyLocalActivities, setHandler } from '@temporalio/workflow';
import { ledgerStep } from '../../workflows/shared/activity-options';
import { type BareActivities } from './bare.activities';

const { insertDraft, insertResult } = proxyLocalActivities<BareActivities>(ledgerStep);

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
