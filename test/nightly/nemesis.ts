import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type SupervisedPart } from '#libs/embedded/supervise';
import { eventually } from '../support/installation-wait';

/** One death of a part, in milliseconds of the clock: surely dead, started again, ready. */
export interface Outage {
  readonly deadAt: number;
  readonly startedAt: number;
  readonly readyAt: number;
}

/** Kills a part with everything below it, leaves it dead so long and starts it again. */
export const killOnce = async (part: SupervisedPart, deadMs: number): Promise<Outage> => {
  part.kill('SIGKILL');
  await eventually(`death of ${part.name}`, () => part.pid() === null);
  // Its supervisor would wait longer each time: that is for a part that keeps dying by itself.
  await part.stop();
  const deadAt = Date.now();
  await sleep(deadMs);
  const startedAt = Date.now();
  await part.start();
  return { deadAt, startedAt, readyAt: Date.now() };
};

/** Kills a part every 5 to 10 s, each time dead for up to 2 s, until the work is done; at least twice. */
export const killUntil = async (part: SupervisedPart, work: Promise<unknown>): Promise<Outage[]> => {
  const outages: Outage[] = [];
  let done = false;
  void work.catch(() => undefined).finally(() => (done = true));
  while (!done || outages.length < 2) {
    await sleep(randomInt(5000, 10_000));
    if (!done || outages.length < 2) outages.push(await killOnce(part, randomInt(500, 2000)));
  }
  return outages;
};
