/** Calendar fields of a wall clock; month 1 to 12, milliseconds included. */
export interface WallClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

const day = 86_400_000;

/** Milliseconds since 1970 if the wall clock showed UTC. */
export const utcOf = (clock: WallClock): number =>
  Date.UTC(clock.year, clock.month - 1, clock.day, clock.hour, clock.minute, clock.second, clock.millisecond);

const formatters = new Map<string, Intl.DateTimeFormat>();

const formatterOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US-u-ca-gregory', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formatters.set(timeZone, made);
  return made;
};

/** What a clock in the zone shows at an instant. Throws RangeError for a zone that does not exist. */
export const wallClockAt = (instant: number, timeZone: string): WallClock => {
  const parts = new Map(
    formatterOf(timeZone)
      .formatToParts(instant)
      .map((part) => [part.type, Number(part.value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
    millisecond: ((instant % 1000) + 1000) % 1000,
  };
};

/** How far the zone is ahead of UTC at an instant, in milliseconds. */
export const zoneOffsetAt = (instant: number, timeZone: string): number =>
  utcOf(wallClockAt(instant, timeZone)) - instant;

/**
 * The instant at which a clock in the zone shows this. A time shown twice (clocks set back) means its first showing;
 * a time never shown (clocks set forward) is counted with the offset before the change.
 */
export const instantOf = (clock: WallClock, timeZone: string): number => {
  const asUtc = utcOf(clock);
  const before = zoneOffsetAt(asUtc - day, timeZone);
  const after = zoneOffsetAt(asUtc + day, timeZone);
  const shown = [asUtc - before, asUtc - after].filter(
    (instant) => instant + zoneOffsetAt(instant, timeZone) === asUtc,
  );
  return shown.length === 0 ? asUtc - before : Math.min(...shown);
};
