import { clockAt, isNight } from './night';

describe('the night shift', () => {
  const schedule = { mode: 'schedule', from: '22:00', to: '06:00' } as const;

  it('goes over midnight, from its first minute to before its last', () => {
    const at = ['21:59', '22:00', '23:59', '00:00', '05:59', '06:00', '12:00'];
    expect(at.map((time) => isNight(schedule, time))).toEqual([false, true, true, true, true, false, false]);
  });

  it('may lie within a day', () => {
    const early = { ...schedule, from: '01:00', to: '05:00' };
    expect(['00:59', '01:00', '04:59', '05:00'].map((time) => isNight(early, time))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('is on or off at every hour where the person says so', () => {
    expect(isNight({ ...schedule, mode: 'on' }, '12:00')).toBe(true);
    expect(isNight({ ...schedule, mode: 'off' }, '23:00')).toBe(false);
  });

  it('goes by the clock of the hospital', () => {
    expect(clockAt(Date.UTC(2026, 10, 23, 16, 5), 'Asia/Shanghai')).toBe('00:05');
  });
});
