import { type ActivityOptions, type LocalActivityOptions } from '@temporalio/workflow';

/**
 * Database-only steps. The initial interval is longer than the local retry threshold on purpose: during a database
 * outage retries become timers instead of holding the worker's workflow-task slots.
 */
export const ledgerStep: LocalActivityOptions = {
  startToCloseTimeout: '3s',
  localRetryThreshold: '500ms',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
};

/** The task queue of steps that leave the machine. */
export const modelTaskQueue = 'countersign-model';

/**
 * Model calls: heartbeats tell a dead worker within ten seconds; total deadlines are the model client's own. They are
 * tried until the review is over, however long the model stays away; its breaker keeps that from being a load.
 */
export const modelStep: ActivityOptions = {
  taskQueue: modelTaskQueue,
  // Twice the longest DEEPSEEK_TOTAL_MS, for the wait and the draft, and a minute: a limit below would cut each attempt.
  startToCloseTimeout: '21m',
  heartbeatTimeout: '10s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
};
