import { type Logger, pino } from 'pino';

/** Where the worker writes what happens: ids and codes only. */
export type Log = Pick<Logger, 'info' | 'warn' | 'error' | 'debug'>;

/** The log of the worker: one JSON object per line on standard output. */
export const createLog = (level: string): Log =>
  pino(
    { level, base: { part: 'worker' }, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 1, sync: true }),
  );
