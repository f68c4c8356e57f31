import { type Logger, type LogLevel, type LogMetadata } from '@temporalio/common';
import { makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { faultOf } from '../fault';
import { type Log } from '../log';

/** Of what the SDK would add to a line only these are kept: ids, names of ours and counts. */
const keptKeys = [
  'workflowId',
  'workflowType',
  'runId',
  'activityId',
  'activityType',
  'taskQueue',
  'attempt',
  'reviewId',
  'caseId',
  'redraftRound',
  'sdkComponent',
];

const keptOf = (meta: LogMetadata = {}): Record<string, unknown> => ({
  ...Object.fromEntries(keptKeys.filter((key) => key in meta).map((key) => [key, meta[key] as unknown])),
  ...(meta['error'] !== undefined && faultOf(meta['error'])),
});

/** The SDK's logger over ours; what is attached to a line is reduced to ids and codes. */
export const temporalLogger = (log: Log): Logger => {
  const write = (level: LogLevel, message: string, meta?: LogMetadata): void => {
    const line = keptOf(meta);
    if (level === 'ERROR') log.error(line, message);
    else if (level === 'WARN') log.warn(line, message);
    else log.debug(line, message);
  };
  return {
    log: write,
    trace: (message, meta) => write('TRACE', message, meta),
    debug: (message, meta) => write('DEBUG', message, meta),
    info: (message, meta) => write('INFO', message, meta),
    warn: (message, meta) => write('WARN', message, meta),
    error: (message, meta) => write('ERROR', message, meta),
  };
};

/** Prepares the SDK, once per process: its lines go to our log, and signals are left to the application. */
export const installTemporalRuntime = (log: Log): void => {
  Runtime.install({
    logger: temporalLogger(log),
    telemetryOptions: { logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }) } },
    shutdownSignals: [],
    // It would tell Temporal the machine's name and load once a minute.
    workerHeartbeatInterval: 0,
  });
};
