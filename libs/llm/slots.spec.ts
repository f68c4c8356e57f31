import fc from 'fast-check';
import { createSlots, type Release } from './slots';

const never = new AbortController().signal;
const release = (slot: Release | 'full' | 'expired'): void => {
  if (typeof slot === 'string') throw new Error(`no slot: ${slot}`);
  slot();
};

describe('slots', () => {
  it('run so many, let so many wait in order, and turn the rest away', async () => {
    const slots = createSlots({ running: 1, waiting: 2 });
    const order: number[] = [];
    const first = await slots.acquire(never);
    const second = slots.acquire(never).then((slot) => (order.push(2), slot));
    const third = slots.acquire(never).then((slot) => (order.push(3), slot));
    expect(await slots.acquire(never)).toBe('full');
    expect(slots.counts()).toEqual({ running: 1, waiting: 2 });
    release(first);
    release(await second);
    release(await third);
    expect(order).toEqual([2, 3]);
    expect(slots.counts()).toEqual({ running: 0, waiting: 0 });
  });

  it('let someone leave the line, whose place is free again', async () => {
    const slots = createSlots({ running: 1, waiting: 1 });
    const first = await slots.acquire(never);
    const leaving = new AbortController();
    const waiting = slots.acquire(leaving.signal);
    leaving.abort();
    expect(await waiting).toBe('expired');
    expect(await slots.acquire(AbortSignal.abort())).toBe('expired');
    const next = slots.acquire(never);
    release(first);
    expect(typeof (await next)).toBe('function');
  });

  it('take a slot back once only', async () => {
    const slots = createSlots({ running: 2, waiting: 0 });
    const [first] = [await slots.acquire(never), await slots.acquire(never)];
    release(first!);
    release(first!);
    expect(slots.counts().running).toBe(1);
  });

  it('never run more than allowed and lose none, whatever the order of leaving', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.scheduler(),
        fc.nat({ max: 12 }),
        async (running, s, jobs) => {
          const slots = createSlots({ running, waiting: 100 });
          let done = 0;
          const work = Array.from({ length: jobs }, async () => {
            const slot = await slots.acquire(never);
            expect(slots.counts().running).toBeLessThanOrEqual(running);
            await s.schedule(Promise.resolve());
            done += 1;
            release(slot);
          });
          await s.waitAll();
          await s.waitFor(Promise.all(work));
          expect({ done, ...slots.counts() }).toEqual({ done: jobs, running: 0, waiting: 0 });
        },
      ),
    );
  });
});
