import { countOf } from '../support/counts';
import { manual } from '../support/installation-desk';
import { type Chaos } from '../support/installation-suite';
import { inLanes } from '../support/installation-wait';

interface QueueView {
  readonly rows: readonly { caseId: string; level: string; provisional: boolean; state: string }[];
}

/** The desk outlives Temporal (design: requests touch only PostgreSQL). */
export const outage = (chaos: Chaos): void => {
  it('with Temporal stopped, patients are registered, decided and seen in the queue; afterwards the workflows catch up', async () => {
    const nurse = await chaos.somebody('triage_nurse');
    const waiting = await chaos.arrive(nurse, countOf('outage patients'));
    await chaos.drafted(waiting);
    const temporal = chaos.site.installation.part('temporal');
    await temporal.stop();
    const patients = [...waiting];
    try {
      patients.push(...(await chaos.arrive(nurse, countOf('outage patients'))));
      const decided = await inLanes(patients, 4, async ({ reviewId }) =>
        nurse.decide(reviewId, manual('II'), { version: (await nurse.view(reviewId)).version }),
      );
      expect(chaos.told(decided).map(({ status }) => status)).toEqual(patients.map(() => 201));
      const { body: queue } = await nurse.get<QueueView>('/api/triage/queue');
      const rows = queue.rows.filter(({ caseId }) => patients.some((patient) => patient.caseId === caseId));
      expect(rows).toHaveLength(patients.length);
      for (const row of rows) expect(row).toMatchObject({ level: 'II', provisional: false, state: 'waiting' });
      expect((await fetch(`${chaos.site.installation.addresses.api}/healthz/readiness`)).status).toBe(200);
      expect((await chaos.decisions(patients)).filter(({ committed }) => committed)).toEqual([]);
    } finally {
      await temporal.start();
    }
    await chaos.carriedOut(patients, 30_000);
  });
};
