const made = new Map<string, Intl.DateTimeFormat>();

/** A format of times in a zone, 24 h. Making one costs as much as drawing a row of the queue: each is made once. */
export const dateFormat = (timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = JSON.stringify([timeZone, options]);
  const format = made.get(key) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, hourCycle: 'h23', ...options });
  made.set(key, format);
  return format;
};
