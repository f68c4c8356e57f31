import { malformed } from '../failure';
import { attributeOf, type XmlElement } from './xml';

const day = 86_400_000;

/** Days from a first day to a date, and back. */
export interface Calendar {
  readonly start: string;
  /** The day of a date in an attribute, from 0. */
  readonly dayOf: (element: XmlElement, attribute: string) => number;
  readonly dateOf: (day: number) => string;
}

const parsed = (date: string, line: number): number => {
  const time = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(time) ? malformed(`line ${line}`, `"${date}" where a date (2026-01-31) belongs`) : time / day;
};

/** The calendar of a horizon; dates lie between its first day and the day after its last one. */
export const calendarOf = (start: string, line: number, days: number): Calendar => {
  const zero = parsed(start, line);
  return {
    start,
    dayOf: (element, attribute) => {
      const since = parsed(attributeOf(element, attribute), element.line) - zero;
      if (since < 0 || since > days) malformed(`line ${element.line}`, `${attribute} is outside of the horizon`);
      return since;
    },
    dateOf: (since) => new Date((zero + since) * day).toISOString().slice(0, 10),
  };
};
