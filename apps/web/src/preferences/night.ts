import { dateFormat } from '../i18n/date-format';
import { type Preferences } from './preferences';

/** Whether the night shift's look is on at this time of the hospital's day ("22:05"); a night may go over midnight. */
export const isNight = ({ mode, from, to }: Preferences['nightShift'], at: string): boolean => {
  if (mode !== 'schedule') return mode === 'on';
  return from < to ? from <= at && at < to : from <= at || at < to;
};

/** The time of day there, as `HH:mm`. */
export const clockAt = (now: number, timeZone: string): string =>
  dateFormat(timeZone, { hour: '2-digit', minute: '2-digit' }).format(now);
