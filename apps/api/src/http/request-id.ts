import { type IncomingMessage } from 'node:http';
import { type NextFunction, type Request, type Response } from 'express';
import { v7 as uuidv7 } from 'uuid';

const ids = new WeakMap<IncomingMessage, string>();

/** Gives every request an id of ours: one from outside could forge the trail. */
export const assignRequestId = (request: Request, response: Response, next: NextFunction): void => {
  const id = uuidv7();
  ids.set(request, id);
  response.setHeader('X-Request-Id', id);
  next();
};

/** The id of a request, in its answer, its log lines and its audit rows. */
export const requestIdOf = (request: IncomingMessage): string => {
  const id = ids.get(request) ?? uuidv7();
  ids.set(request, id);
  return id;
};
