import { createPace } from './pace';

const batch = (taken: number, away = 0, followed = false) => ({ taken, away, followed });

describe('the pace of the relay', () => {
  it('goes on at once after a full batch or when more waits behind it, and rests otherwise', () => {
    const pace = createPace(50);
    expect(pace.after(batch(50))).toBe('again');
    expect(pace.after(batch(3, 0, true))).toBe('again');
    expect(pace.after(batch(3))).toBe('idle');
    expect(pace.after(batch(0))).toBe('idle');
    expect(pace.limit()).toBe(50);
  });

  it('asks with few entries after growing pauses while Temporal is away', () => {
    const pace = createPace(50);
    const pauses = Array.from({ length: 8 }, () => pace.after(batch(4, 4)));
    expect(pauses).toEqual([100, 200, 400, 800, 1600, 2000, 2000, 2000].map((pauseMs) => ({ pauseMs })));
    expect(pace.limit()).toBe(4);
    expect(pace.isAway()).toBe(true);
  });

  it('stays careful when nothing was due, and is fast again after the first delivery', () => {
    const pace = createPace(50);
    pace.after(batch(50, 50));
    expect(pace.after(batch(0))).toBe('idle');
    expect(pace.isAway()).toBe(true);
    expect(pace.after(batch(4, 3))).toBe('again');
    expect(pace.isAway()).toBe(false);
    expect(pace.limit()).toBe(50);
  });

  it('does not take some failures among deliveries for an outage', () => {
    const pace = createPace(50);
    expect(pace.after(batch(50, 49))).toBe('again');
    expect(pace.isAway()).toBe(false);
  });

  it('never takes more than a batch, however small it was made', () => {
    const pace = createPace(2);
    pace.after(batch(2, 2));
    expect(pace.limit()).toBe(2);
  });
});
