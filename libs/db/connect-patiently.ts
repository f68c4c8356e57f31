import { setTimeout as pause } from 'node:timers/promises';
import { type DataSource } from 'typeorm';
import { connectDataSource, type DatabaseOptions } from './data-source';

/**
 * Connects at a start, trying again for a while: a connection must be made within a second, which a machine that is
 * busy starting everything else does not always manage. Throws what the last attempt threw.
 */
export const connectPatiently = async (options: DatabaseOptions, patienceMs = 15_000): Promise<DataSource> => {
  const late = Date.now() + patienceMs;
  for (;;) {
    try {
      return await connectDataSource(options);
    } catch (thrown) {
      if (Date.now() >= late) throw thrown;
      await pause(250);
    }
  }
};
