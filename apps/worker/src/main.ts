import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { formatConfigErrors } from '#libs/config/config-error';
import { readEnvironment } from '#libs/config/environment';
import { loadConfig } from '#libs/config/load-config';
import { isCountersignError } from '#libs/errors/errors';
import { installTemporalRuntime } from './engine/temporal-log';
import { faultOf } from './fault';
import { newStanding } from './health/standing';
import { createLog, type Log } from './log';
import { createMetrics } from './metrics/metrics';
import { WorkerModule } from './worker.module';
import { workerConfigOf } from './worker-config';

/** Says why there is no worker, and ends. */
const end = (text: string): never => {
  process.stderr.write(`${text}\n`);
  process.exit(2);
};

/** What nobody caught ends the process, without its text: it may quote a patient. The supervisor starts it again. */
const dieOn = (log: Log): void => {
  for (const event of ['uncaughtException', 'unhandledRejection'])
    process.on(event, (thrown: unknown) => {
      log.error(faultOf(thrown), event);
      process.exit(1);
    });
};

const main = async (): Promise<void> => {
  const loaded = loadConfig(readEnvironment(), { part: 'worker' });
  if (!loaded.ok) return end(`The configuration is not complete:\n${formatConfigErrors(loaded.errors)}`);
  const log = createLog(loaded.config.logLevel);
  dieOn(log);
  const config = await workerConfigOf(loaded.config);
  installTemporalRuntime(log);
  const parts = { config, log, metrics: createMetrics(), standing: newStanding() };
  const app = await NestFactory.createApplicationContext(
    WorkerModule.with(parts, () => process.exit(1)),
    { logger: false, abortOnError: false },
  );
  const stop = (): void => void app.close().then(() => process.exit(0));
  process.once('SIGTERM', stop).once('SIGINT', stop);
};

const reasonOf = (thrown: unknown): string => {
  if (!isCountersignError(thrown)) return JSON.stringify(faultOf(thrown));
  const { text } = thrown.detail;
  return `${thrown.code}: ${typeof text === 'string' ? text : JSON.stringify(thrown.detail)}`;
};

main().catch((thrown: unknown) => end(`The worker does not start: ${reasonOf(thrown)}`));
