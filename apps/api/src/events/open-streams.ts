import { type Response } from 'express';
import { CountersignError } from '#libs/errors/errors';
import { endEvents } from './open-stream';
import { reconnectText } from './stream';

/** The open streams of a route: not too many of one reader, and all ended when the process stops. */
export interface OpenStreams {
  /** Counts a stream until its connection closes. Throws RATE_LIMITED where its reader has as many as are allowed. */
  admit(reader: string, response: Response): void;
  /** Ends a stream that was opened while the process stops. */
  settle(response: Response): void;
  endAll(): void;
}

/** Makes the counting of a route, for `mostEach` streams of one reader in this process. */
export const createOpenStreams = (mostEach: number): OpenStreams => {
  const open = new Map<Response, string>();
  let stopping = false;
  return {
    admit: (reader, response) => {
      const own = [...open.values()].filter((one) => one === reader).length;
      if (own >= mostEach) throw new CountersignError('RATE_LIMITED', { retryAfterSeconds: 60 });
      open.set(response, reader);
      response.once('close', () => open.delete(response));
    },
    settle: (response) => {
      if (stopping) endEvents(response, reconnectText());
    },
    endAll: () => {
      stopping = true;
      for (const response of open.keys()) endEvents(response, reconnectText());
    },
  };
};
