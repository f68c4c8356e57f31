import { defaultThrottle } from '#libs/auth/throttle';
import { createUnknownLogins } from './unknown-logins';

describe('unknown logins', () => {
  it('lock like known ones: after five failures for a minute, then for longer', () => {
    let now = 0;
    const unknown = createUnknownLogins(defaultThrottle, () => now);
    expect(Array.from({ length: 6 }, () => unknown.count('nobody'))).toEqual([0, 0, 0, 0, 0, 60_000]);
    expect(unknown.count('somebody.else')).toBe(0);
    now = 59_000;
    expect(unknown.count('nobody')).toBe(1000);
    now = 60_001;
    expect(unknown.count('nobody')).toBe(0);
    expect(unknown.count('nobody')).toBe(120_000);
  });

  it('forget the oldest beyond ten thousand', () => {
    const unknown = createUnknownLogins(defaultThrottle, () => 0);
    for (let n = 0; n < 6; n += 1) unknown.count('first');
    for (let n = 0; n < 10_000; n += 1) unknown.count(`other ${n}`);
    expect(unknown.count('first')).toBe(0);
    expect(unknown.count('other 9999')).toBe(0);
  });
});
