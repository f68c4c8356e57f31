import { instantOf, utcOf, type WallClock, wallClockAt, zoneOffsetAt } from './time-zone';

/** How much of a time was written. */
export type TimePrecision = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'millisecond';

/** A time of a message: its first instant (ISO 8601, UTC), how exact it was, and where its offset comes from. */
export interface Hl7Time {
  readonly instant: string;
  readonly precision: TimePrecision;
  readonly offset: 'written' | 'facility';
}

/** A date of birth as far as it is known: `1988`, `1988-08` or `1988-08-18`. */
export interface BirthDate {
  readonly date: string;
  readonly precision: 'year' | 'month' | 'day';
}

interface Written {
  readonly clock: WallClock;
  readonly precision: TimePrecision;
  readonly offsetMinutes?: number;
}

// Years before 1800 and from 2200 are placeholders (0001, 9999), not times.
const form =
  /^(?<year>1[89]\d{2}|2[01]\d{2})(?:(?<month>\d{2})(?:(?<day>\d{2})(?:(?<hour>\d{2})(?:(?<minute>\d{2})(?:(?<second>\d{2})(?:\.(?<fraction>\d{1,4}))?)?)?)?)?)?(?:(?<sign>[+-])(?<offsetHour>\d{2})(?<offsetMinute>\d{2}))?$/;

type Groups = Readonly<Record<string, string | undefined>>;

const units = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const;

const precisionOf = (groups: Groups): TimePrecision =>
  groups['fraction'] === undefined ? (units.findLast((unit) => groups[unit] !== undefined) ?? 'year') : 'millisecond';

const clockOf = (groups: Groups): WallClock => ({
  year: Number(groups['year']),
  month: Number(groups['month'] ?? 1),
  day: Number(groups['day'] ?? 1),
  hour: Number(groups['hour'] ?? 0),
  minute: Number(groups['minute'] ?? 0),
  second: Number(groups['second'] ?? 0),
  millisecond: Number((groups['fraction'] ?? '').padEnd(3, '0').slice(0, 3)),
});

/** The calendar carries 30 February over into March; then the fields no longer agree. */
const exists = (clock: WallClock): boolean => {
  const shown = new Date(utcOf(clock));
  return (
    shown.getUTCMonth() + 1 === clock.month &&
    shown.getUTCDate() === clock.day &&
    clock.hour < 24 &&
    clock.minute < 60 &&
    clock.second < 60
  );
};

const offsetOf = (groups: Groups): number | undefined => {
  if (groups['sign'] === undefined) return undefined;
  const minutes = Number(groups['offsetHour']) * 60 + Number(groups['offsetMinute']);
  return groups['sign'] === '-' ? -minutes : minutes;
};

const isOffset = (groups: Groups): boolean =>
  Number(groups['offsetHour'] ?? 0) <= 14 && Number(groups['offsetMinute'] ?? 0) < 60;

const read = (text: string): Written | undefined => {
  const groups = form.exec(text)?.groups;
  if (groups === undefined || !isOffset(groups)) return undefined;
  const clock = clockOf(groups);
  if (!exists(clock)) return undefined;
  return { clock, precision: precisionOf(groups), offsetMinutes: offsetOf(groups) };
};

/**
 * An HL7 time `YYYY[MM[DD[HH[MM[SS[.S…]]]]]][±ZZZZ]`, or undefined when it is not one. Without an offset it is the
 * wall clock of the facility (`timeZone`, an IANA name; RangeError when there is no such zone).
 */
export const parseTimestamp = (text: string, timeZone: string): Hl7Time | undefined => {
  const written = read(text);
  if (written === undefined) return undefined;
  const { clock, precision, offsetMinutes } = written;
  const instant = offsetMinutes === undefined ? instantOf(clock, timeZone) : utcOf(clock) - offsetMinutes * 60_000;
  return {
    instant: new Date(instant).toISOString(),
    precision,
    offset: offsetMinutes === undefined ? 'facility' : 'written',
  };
};

/** A date of birth as written: a time of day or an offset behind it never moves it to another day. */
export const parseBirthDate = (text: string): BirthDate | undefined => {
  const written = read(text);
  if (written === undefined) return undefined;
  const iso = new Date(utcOf(written.clock)).toISOString();
  if (written.precision === 'year') return { date: iso.slice(0, 4), precision: 'year' };
  if (written.precision === 'month') return { date: iso.slice(0, 7), precision: 'month' };
  return { date: iso.slice(0, 10), precision: 'day' };
};

const digits = (value: number, length: number): string => String(value).padStart(length, '0');

/** An instant as HL7 time to the second on the facility's clock, with its offset. */
export const formatTimestamp = (instant: Date, timeZone: string): string => {
  const clock = wallClockAt(instant.getTime(), timeZone);
  const minutes = Math.round(zoneOffsetAt(instant.getTime(), timeZone) / 60_000);
  const ahead = Math.abs(minutes);
  const parts = [clock.month, clock.day, clock.hour, clock.minute, clock.second].map((value) => digits(value, 2));
  const offset = digits(Math.floor(ahead / 60), 2) + digits(ahead % 60, 2);
  return digits(clock.year, 4) + parts.join('') + (minutes < 0 ? '-' : '+') + offset;
};
