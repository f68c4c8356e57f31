/** A span in the largest unit that says enough: for texts `durations.<unit>`. */
export interface Span {
  readonly unit: 'seconds' | 'minutes' | 'hours' | 'days';
  readonly n: number;
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** Whole units only: 90 s is one minute, 47 h is 47 hours, 48 h two days. */
export const spanOf = (seconds: number): Span => {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < minute) return { unit: 'seconds', n: whole };
  if (whole < hour) return { unit: 'minutes', n: Math.floor(whole / minute) };
  if (whole < 2 * day) return { unit: 'hours', n: Math.floor(whole / hour) };
  return { unit: 'days', n: Math.floor(whole / day) };
};
