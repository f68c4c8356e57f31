import { setTimeout as sleep } from 'node:timers/promises';

/** The clock of a played day: minutes from its beginning, which pass `speed` times as fast as ours. */
export interface DayClock {
  readonly speed: number;
  /** Minutes since the beginning. */
  minute(): number;
  /** Whether the day is over, or was broken off. */
  over(): boolean;
  /** Waits until a minute of the day, or until it is over. */
  until(minute: number): Promise<void>;
  /** Lets some minutes of the day pass, or less when it is over before. */
  pass(minutes: number): Promise<void>;
}

const realMinuteMs = 60_000;

/** Starts the clock of a day of so many minutes. */
export const startDayClock = (day: { minutes: number; speed: number; signal: AbortSignal }): DayClock => {
  const startedAt = performance.now();
  const minute = (): number => ((performance.now() - startedAt) * day.speed) / realMinuteMs;
  const over = (): boolean => day.signal.aborted || minute() >= day.minutes;
  const until = async (at: number): Promise<void> => {
    const ms = ((Math.min(at, day.minutes) - minute()) * realMinuteMs) / day.speed;
    if (ms > 0) await sleep(ms, undefined, { signal: day.signal }).catch(() => undefined);
  };
  return { speed: day.speed, minute, over, until, pass: (minutes) => until(minute() + minutes) };
};

const beginsAtHour = 8;

/** A minute of the day as a clock on the wall shows it; the day begins at 08:00. */
export const wallClock = (minute: number): string => {
  const total = Math.floor(minute) + beginsAtHour * 60;
  const [hour, rest] = [Math.floor(total / 60) % 24, total % 60];
  return `${String(hour).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
};
