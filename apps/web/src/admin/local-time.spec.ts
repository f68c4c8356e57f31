import { instantOf, localTime } from './local-time';

describe('a time on the wall of the hospital', () => {
  it('means the same instant wherever the PC stands', () => {
    expect(instantOf('2026-11-23T14:32', 'Asia/Shanghai')).toBe('2026-11-23T06:32:00.000Z');
    expect(instantOf('2026-11-23T00:10', 'Asia/Shanghai')).toBe('2026-11-22T16:10:00.000Z');
    expect(localTime(Date.parse('2026-11-22T16:10:00Z'), 'Asia/Shanghai')).toBe('2026-11-23T00:10');
  });

  it('follows summer time where there is one', () => {
    expect(instantOf('2026-07-01T12:00', 'Europe/Berlin')).toBe('2026-07-01T10:00:00.000Z');
    expect(instantOf('2026-12-01T12:00', 'Europe/Berlin')).toBe('2026-12-01T11:00:00.000Z');
  });

  it('is no time where nothing was chosen', () => {
    expect(instantOf('', 'Asia/Shanghai')).toBeNull();
  });
});
