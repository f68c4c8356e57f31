const dayMs = 86_400_000;

/** The oldest age that is stored, in days (150 years). */
export const oldestAgeDays = 54_750;

/** Completed days of life on a date (both YYYY-MM-DD); null for a birth date after it, or longer ago than anybody lives. */
export const ageInDays = (birthDate: string, onDay: string): number | null => {
  const days = Math.round((Date.parse(`${onDay}T00:00:00Z`) - Date.parse(`${birthDate}T00:00:00Z`)) / dayMs);
  return days >= 0 && days <= oldestAgeDays ? days : null;
};

/** An age given in years, in days. */
export const yearsInDays = (years: number): number => Math.min(oldestAgeDays, Math.round(years * 365.25));

/* Made once for each zone: making one takes longer than registering a patient's row. */
const days = new Map<string, Intl.DateTimeFormat>();

/** The date at the hospital, YYYY-MM-DD. */
export const localDay = (at: Date, timeZone: string): string => {
  const day = days.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  days.set(timeZone, day);
  return day.format(at);
};

const sexNames = { female: '女', male: '男', other: '', unknown: '' } as const;

/** The generated name of a patient nobody can name: sex and the hospital's time of arrival (month, day, time). */
export const unidentifiedName = (sex: keyof typeof sexNames, at: Date, timeZone: string): string => {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at);
  return `无名氏${sexNames[sex]}-${clock.slice(5).replace(/\D/g, '')}`;
};

/** A name as a shared screen shows it: 张*, 张*三, 欧**明, A***. A remark in brackets behind it is no part of it. */
export const maskedName = (name: string): string => {
  const [first = '', ...rest] = Array.from(
    name
      .trim()
      .replace(/(?<=.)[（(].*$/u, '')
      .trim(),
  );
  if (!/\p{Script=Han}/u.test(first)) return `${first}***`;
  const [last = '', stars] = [rest.at(-1), Math.min(2, rest.length - 1)];
  return rest.length < 2 ? first + '*'.repeat(rest.length) : first + '*'.repeat(stars) + last;
};

/** An age as people say it. */
export interface AgeText {
  readonly zh: string;
  readonly en: string;
}

const spoken = (days: number): AgeText => {
  const months = Math.floor(days / 30.4375);
  // Half a day more: 45 years are stored as 16436 whole days, and must not come back as 44.
  const years = Math.floor((days + 0.5) / 365.25);
  if (days < 28) return { zh: `${days}天`, en: `${days} d` };
  if (months < 24) return { zh: `${months}个月`, en: `${months} mo` };
  const rest = Math.max(0, months - years * 12);
  if (years < 6) return { zh: `${years}岁${rest}个月`, en: `${years} y ${rest} mo` };
  return { zh: `${years}岁`, en: `${years} y` };
};

/** An age in words, days for the newborn and months for the small; an estimate says so; unknown is said to be. */
export const ageText = (ageDays: number | null, estimated: boolean): AgeText => {
  if (ageDays === null) return { zh: '年龄不详', en: 'age unknown' };
  const { zh, en } = spoken(ageDays);
  return estimated ? { zh: `约${zh}`, en: `about ${en}` } : { zh, en };
};
