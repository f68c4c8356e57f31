import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ApiDoor } from '#libs/api-client/door';

const busy: readonly number[] = [429, 503];
const tries = 50;
const pauseMs = 200;

/** A door at which somebody who is told that it is busy asks again, under the same Idempotency-Key. */
export const patiently = (door: ApiDoor): ApiDoor => ({
  ...door,
  ask: async (method, path, sending = {}) => {
    const again = { ...sending, key: sending.key ?? randomUUID() };
    for (let left = tries; ; left--) {
      const reply = await door.ask(method, path, again);
      if (!busy.includes(reply.status) || left === 0) return reply;
      await sleep(pauseMs);
    }
  },
});
