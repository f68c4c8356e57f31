import { readFileSync } from 'node:fs';
import { Worker } from '@temporalio/worker';
import { replayOptions } from '#libs/temporal/worker-options';
import { type SupervisedPart } from '#libs/embedded/supervise';
import { bundleWorkflows } from '../support/bundle-workflows';
import { calm, type Desk } from '../support/installation-desk';
import { shareInstallation } from '../support/installation-suite';
import { eventually } from '../support/installation-wait';
import { report } from './figures';
import { atRate, type Seen, signInsisting } from './load';
import { nightly } from './nightly-counts';
import { allSent } from './quiet';

jest.setTimeout(14_400_000);

const residentMiB = (part: SupervisedPart): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${part.pid()}/status`, 'utf8'))?.[1]) / 1024;

describe('many patients who wait for somebody', () => {
  const chaos = shareInstallation({ workers: 2 });
  let nurse: Desk;

  it('S-4: after a restart of all workers the first decision is carried out within 10 s, and no worker is large', async () => {
    nurse = await chaos.somebody('triage_nurse');
    const seen: Seen[] = [];
    // As fast as they come: what is measured begins with the restart.
    const { done: patients } = await atRate(
      { perSecond: 1000, count: nightly('S-4 workflows'), lanes: 8 },
      async (at) => {
        // A session ends after an hour.
        if (at % 1000 === 999) nurse = await chaos.somebody('triage_nurse');
        const patient = await nurse.arrive(calm);
        return patient;
      },
    );
    await allSent(chaos, 3_600_000);
    await eventually('all drafted', async () => (await undrafted()).length === 0, 3_600_000);
    const workers = (['worker', 'worker-2'] as const).map((name) => chaos.site.installation.part(name));
    await Promise.all(workers.map((worker) => worker.stop()));
    await Promise.all(workers.map((worker) => worker.start()));
    const readyAt = Date.now();
    const first = await signInsisting(seen, nurse, patients[0]!);
    chaos.told([first.answer]);
    await chaos.carriedOut([first], 60_000);
    const firstMs = Date.now() - readyAt;
    for (const patient of patients.slice(1, 100)) chaos.told([(await signInsisting(seen, nurse, patient)).answer]);
    await chaos.carriedOut(patients.slice(0, 100), 120_000);
    const sizes = workers.map(residentMiB);
    report('S-4', {
      workflows: patients.length,
      'first decision carried out after ms': firstMs,
      'largest worker MiB': Math.max(...sizes),
    });
    expect(firstMs).toBeLessThanOrEqual(10_000);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1024);
    expect(
      await unreplayable(patients.slice(-nightly('S-4 replayed')).map(({ caseId }) => `triage:${caseId}`)),
    ).toEqual([]);
  });

  const undrafted = () => chaos.site.sql(`select 1 from review where state = 'open' and draft_version = 0 limit 1`);

  /** The workflows whose histories do not replay on this code. */
  const unreplayable = async (workflowIds: readonly string[]): Promise<string[]> => {
    const namespace = chaos.site.installation.env['TEMPORAL_NAMESPACE'] ?? 'countersign';
    const { ring } = chaos.temporal;
    const rejected: unknown[] = [];
    const onRejected = (rejection: unknown) => void rejected.push(rejection);
    const options = replayOptions({ workflowBundle: await bundleWorkflows() }, { ring, namespace, onRejected });
    const failed: string[] = [];
    for (const workflowId of workflowIds) {
      const history = { events: await chaos.temporal.history(workflowId) };
      await Worker.runReplayHistory(options, history, workflowId).catch(() => failed.push(workflowId));
    }
    expect(rejected).toEqual([]);
    return failed;
  };
});
