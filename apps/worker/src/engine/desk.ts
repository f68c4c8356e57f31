import { probeChannel } from '#libs/db/stores/heartbeat.store';
import { type TemporalLink } from '#libs/temporal/temporal-link';
import { type PayloadCodec } from '@temporalio/common';
import { type Log } from '../log';
import { type Metrics } from '../metrics/metrics';
import { createRelayDoor } from '../outbox/restart-door';
import { startRelay } from '../outbox/relay';
import { startDowntimeCopies } from '../downtime/downtime-copies';
import { type Standing } from '../health/standing';
import { startHeartbeat } from '../heartbeat/heartbeat';
import { startHousekeeper } from '../housekeeper/housekeeper';
import { startPublisher } from '../publisher/publisher';
import { startReconciler } from '../reconciler/reconciler';
import { createWorkflowLookup } from '../reconciler/workflow-lookup';
import { startListener } from '../wake/listener';
import { taskQueues, type WorkerConfig } from '../worker-config';
import { type Database } from './database';

/** What relay, publisher, housekeeper, reconciler, heartbeat and the copies for a downtime need. */
export interface DeskParts {
  readonly config: WorkerConfig;
  readonly database: Database;
  readonly link: TemporalLink;
  readonly codec: PayloadCodec;
  readonly metrics: Metrics;
  readonly standing: Standing;
  readonly log: Log;
}

/** Starts what keeps the desk going with PostgreSQL alone: while Temporal is away changes still reach the browsers. */
export const startDesk = (parts: DeskParts): { stop: () => Promise<void> } => {
  const { link, metrics, log, standing } = parts;
  const { inTransaction } = parts.database;
  const relay = startRelay({
    inTransaction,
    log,
    door: createRelayDoor(link, parts.codec),
    taskQueue: taskQueues.workflows,
    observe: metrics.delivered,
  });
  const publisher = startPublisher({ inTransaction, log, observe: metrics.numbered });
  const housekeeper = startHousekeeper({ inTransaction, log });
  const heartbeat = startHeartbeat({ inTransaction, log, standing });
  const { downtimeDir: folder, timeScale } = parts.config;
  const copies = folder === undefined ? null : startDowntimeCopies({ inTransaction, log, folder, timeScale });
  const reconciler = startReconciler({
    inTransaction,
    log,
    workflows: createWorkflowLookup(link),
    observe: metrics.reconciled,
  });
  const listener = startListener({
    url: parts.config.databaseUrl,
    wakes: {
      countersign_outbox: relay.wake,
      countersign_change: () => [publisher, copies].forEach((loop) => loop?.wake()),
    },
    onlyWhenTold: {
      [probeChannel]: () => void standing.model?.probeNow().then(heartbeat.wake),
    },
    onState: (listening) => log.info({ listening }, 'wake-ups of the database'),
  });
  return {
    stop: async () => {
      await listener.stop();
      const loops = [relay, publisher, housekeeper, reconciler, heartbeat, ...(copies ? [copies] : [])];
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
};
