import { isRefusal } from '#libs/review/refusal';
import { createHashSlots } from './hash-slots';

describe('createHashSlots', () => {
  it('runs so many at once, lets so many wait, and refuses the rest with a time to come back', async () => {
    const inSlot = createHashSlots({ running: 2, waiting: 3 });
    let most = 0;
    let running = 0;
    const work = async (): Promise<string> => {
      most = Math.max(most, (running += 1));
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return 'done';
    };
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => inSlot(work)));
    expect(most).toBe(2);
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(5);
    const refused = outcomes.filter(isRefusal);
    expect(refused).toHaveLength(5);
    expect(refused[0]).toMatchObject({ code: 'RATE_LIMITED', detail: { retryAfterSeconds: 1 } });
    expect(await inSlot(work)).toBe('done');
  });

  it('gives a slot back when the work fails', async () => {
    const inSlot = createHashSlots({ running: 1, waiting: 1 });
    await expect(inSlot(() => Promise.reject(new Error('fault')))).rejects.toThrow('fault');
    expect(await inSlot(() => Promise.resolve(1))).toBe(1);
  });
});
