import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { createRing, unwrapRing } from '#libs/crypto/key-ring';
import { createFakeLedger } from '../support/fake-triage-ledger';
import { replayKek, startWorkflowHarness } from '../support/workflow-harness';
import { historiesFolder } from './histories';
import { record, stories } from './stories';

jest.setTimeout(180_000);

/** Records the histories of a release: `RECORD_HISTORIES=v0.1.0 npm run test:record`. Skipped otherwise. */
const release = process.env['RECORD_HISTORIES'];

(release ? describe : describe.skip)('recording replay histories', () => {
  it('records each story, encrypted with the test key', async () => {
    const folder = join(historiesFolder, release ?? '');
    expect(existsSync(folder)).toBe(false);
    mkdirSync(folder, { recursive: true });
    const ring = createRing(replayKek, new Date('2026-01-01T00:00:00.000Z'));
    const harness = await startWorkflowHarness(unwrapRing(replayKek, ring));
    expect(createFakeLedger().openRound).toBe(1);
    try {
      for (const story of stories) {
        const history = historyToJSON((await record(harness, story)) as never);
        writeFileSync(
          join(folder, `${story.name}.hist.json`),
          `${history}
`,
        );
      }
      writeFileSync(join(folder, 'key-ring.hist.json'), `${JSON.stringify(ring, null, 1)}\n`);
    } finally {
      await harness.stop();
    }
  });
});
