const wallClock = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });

/** How an instant reads on the hospital's wall, as a field for date and time takes it: `2026-11-23T14:32`. */
export const localTime = (at: number, timeZone: string): string => wallClock(timeZone).format(at).replace(' ', 'T');

const localForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/;

/** The instant a wall-clock time of the hospital means, as ISO; null for what is no time. */
export const instantOf = (local: string, timeZone: string): string | null => {
  const guess = localForm.test(local) ? Date.parse(`${local}:00Z`) : Number.NaN;
  if (Number.isNaN(guess)) return null;
  const offset = (at: number): number => Date.parse(`${localTime(at, timeZone)}:00Z`) - at;
  const first = guess - offset(guess);
  return new Date(guess - offset(first)).toISOString();
};
