import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { Worker, type WorkflowBundle } from '@temporalio/worker';
import { type StoredKey, unwrapRing } from '#libs/crypto/key-ring';
import { type Rejection } from '#libs/temporal/payload-codec';
import { replayOptions } from '#libs/temporal/worker-options';
import { replayKek, replayNamespace } from '../support/workflow-harness';

/** Recorded histories, one folder per release. */
export const historiesFolder = join(__dirname, 'histories');

/** A recorded history with the id of the workflow it belongs to. */
export interface RecordedHistory {
  readonly release: string;
  readonly story: string;
  readonly workflowId: string;
  readonly history: ReturnType<typeof historyFromJSON>;
}

const workflowIdOf = (history: { events?: { workflowExecutionStartedEventAttributes?: { workflowId?: string } }[] }) =>
  history.events?.[0]?.workflowExecutionStartedEventAttributes?.workflowId ?? '';

/** Every history of every release. */
export const recordedHistories = (): RecordedHistory[] =>
  readdirSync(historiesFolder).flatMap((release) =>
    readdirSync(join(historiesFolder, release))
      .filter((file) => file !== 'key-ring.hist.json')
      .map((file) => {
        const json = JSON.parse(readFileSync(join(historiesFolder, release, file), 'utf8')) as object;
        const story = file.replace('.hist.json', '');
        return { release, story, workflowId: workflowIdOf(json as never), history: historyFromJSON(json) };
      }),
  );

/** Replays histories against a bundle; answers what failed and what the codec refused (markers prove nothing). */
export const replay = async (
  bundle: WorkflowBundle,
  recorded: readonly RecordedHistory[],
): Promise<{ failed: string[]; rejected: Rejection[] }> => {
  const failed: string[] = [];
  const rejected: Rejection[] = [];
  for (const release of new Set(recorded.map((one) => one.release))) {
    const keys = JSON.parse(readFileSync(join(historiesFolder, release, 'key-ring.hist.json'), 'utf8')) as StoredKey[];
    const ring = unwrapRing(replayKek, keys);
    const options = replayOptions(
      { workflowBundle: bundle },
      { ring, namespace: replayNamespace, onRejected: (rejection) => rejected.push(rejection) },
    );
    for (const { story, workflowId, history } of recorded.filter((one) => one.release === release)) {
      const error = await Worker.runReplayHistory(options, history, workflowId).then(
        () => null,
        (thrown: unknown) => thrown,
      );
      if (error !== null) failed.push(story);
    }
  }
  return { failed, rejected };
};
