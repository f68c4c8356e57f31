import { type Worker } from '@temporalio/worker';
import { Gauge, type Registry } from 'prom-client';

/** Adds how the Temporal workers are and what they hold. */
export const addWorkerGauges = (registry: Registry, workers: readonly Worker[]): void => {
  new Gauge({
    name: 'countersign_worker_running',
    help: '1 while the Temporal worker of this task queue runs',
    labelNames: ['queue'],
    registers: [registry],
    collect() {
      for (const worker of workers)
        this.set({ queue: worker.options.taskQueue }, worker.getState() === 'RUNNING' ? 1 : 0);
    },
  });
  new Gauge({
    name: 'countersign_worker_cached_workflows',
    help: 'Cases held in memory',
    registers: [registry],
    collect() {
      this.set(workers.reduce((sum, worker) => sum + worker.getStatus().numCachedWorkflows, 0));
    },
  });
};
