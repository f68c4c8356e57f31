import { setTimeout as sleep } from 'node:timers/promises';
import { type DataSource } from 'typeorm';
import { connectDataSource, type DatabaseOptions } from '#libs/db/data-source';

const tries = 5;
const pauseMs = 300;

/** Whether another attempt may help: nobody answered in time, or PostgreSQL is still starting (57P03) or full (53300). */
export const mayHeal = (thrown: unknown): boolean => {
  const { code, message = '' } = thrown as { code?: string; message?: string };
  return code === '57P03' || code === '53300' || /timeout|ECONNRESET/i.test(message);
};

/** Connects as `connectDataSource` does, with the patience of a command: a busy machine may not answer within a second. */
export const connectPatiently = async (options: DatabaseOptions): Promise<DataSource> => {
  for (let left = tries; ; left--) {
    try {
      return await connectDataSource(options);
    } catch (thrown) {
      if (left === 1 || !mayHeal(thrown)) throw thrown;
      await sleep(pauseMs);
    }
  }
};
