import {
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  executeChild,
  getExternalWorkflowHandle,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  upsertMemo,
  workflowInfo,
} from '@temporalio/workflow';
import { isRejected } from '#libs/errors/rejected';

// Test-only workflows (codec.e2e-spec.ts): they carry text through every way that payloads can take.

interface Activities {
  echo: (value: unknown) => Promise<unknown>;
  fail: (text: string) => Promise<never>;
}
const { echo, fail } = proxyActivities<Activities>({
  startToCloseTimeout: '10s',
  retry: { maximumAttempts: 1 },
});
const { echo: echoLocally } = proxyLocalActivities<Activities>({ startToCloseTimeout: '3s' });

const said = defineSignal<[unknown]>('said');
const heard = defineQuery<unknown[], [unknown]>('heard');
const told = defineUpdate<unknown, [unknown]>('told');

const shown = (value: unknown): unknown => (isRejected(value) ? 'rejected' : value);

/** Waits until somebody says "finish"; gives back everything it heard. */
export const listener = async (first: unknown): Promise<unknown[]> => {
  const all: unknown[] = [shown(first)];
  setHandler(said, (value) => void all.push(shown(value)));
  setHandler(heard, (value) => [...all, shown(value)]);
  setHandler(told, (value) => shown(value));
  await condition(() => all.includes('finish'));
  return all;
};

/** Sends a text through memo, both kinds of activity, a child, a signal to the listener, a failure and a second run. */
export const traveller = async (text: string, listenerId: string, run = 1): Promise<unknown[]> => {
  if (run === 1) {
    await getExternalWorkflowHandle(listenerId).signal(said, text);
    await continueAsNew<typeof traveller>(text, listenerId, 2);
  }
  upsertMemo({ note: text });
  const failed: unknown = await fail(text).catch((error: unknown) => error);
  const child = await executeChild(listenerChild, {
    args: [text],
    workflowId: `${workflowInfo().workflowId}:child`,
    memo: { note: text },
  });
  return [await echo(text), await echoLocally(text), child, String((failed as Error).cause)];
};

/** The child of the traveller. */
export const listenerChild = async (text: string): Promise<string> => Promise.resolve(text);

/** Fails its task for ever, as a programming error does. */
export const stumbler = async (text: string): Promise<never> => {
  await Promise.resolve();
  throw new Error(text);
};
