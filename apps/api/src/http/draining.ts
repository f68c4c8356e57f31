import { type RequestHandler, type Response } from 'express';

/** How an application that is being stopped tells whoever still asks. */
export interface Draining {
  /** Whether it is being stopped. */
  readonly begun: () => boolean;
  /** From now on each connection ends with its answer, those under way included, so that nobody asks on it again. */
  readonly begin: () => void;
  readonly middleware: RequestHandler;
}

/** Makes the draining of an application. */
export const createDraining = (): Draining => {
  const unanswered = new Set<Response>();
  let draining = false;
  const close = (response: Response): void => {
    if (!response.headersSent) response.setHeader('Connection', 'close');
  };
  return {
    begun: () => draining,
    begin: () => {
      draining = true;
      unanswered.forEach(close);
    },
    middleware: (_request, response, next) => {
      unanswered.add(response);
      response.once('close', () => unanswered.delete(response));
      if (draining) close(response);
      next();
    },
  };
};
