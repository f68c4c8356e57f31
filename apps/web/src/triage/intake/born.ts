import { ageInDays, oldestAgeDays, yearsInDays } from '#libs/triage-desk/patient-facts';

/** How old a patient is, from one field: a birth date, or an age, which is an estimate. */
export type Born =
  | { readonly kind: 'birthDate'; readonly birthDate: string; readonly ageDays: number }
  | { readonly kind: 'estimate'; readonly years: number; readonly ageDays: number };

const pad = (digits: string): string => digits.padStart(2, '0');

const realDate = (year: string, month: string, day: string): string | null => {
  const date = `${year}-${pad(month)}-${pad(day)}`;
  const parsed = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date) ? date : null;
};

const dateForms = [/^(\d{4})(\d{2})(\d{2})$/, /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/];

const dateOf = (typed: string): string | null => {
  for (const form of dateForms) {
    const [, year, month, day] = form.exec(typed) ?? [];
    if (year && month && day) return realDate(year, month, day);
  }
  return null;
};

/** Years, months and days as they are spoken, each with its share of a year. */
const ageForms: readonly (readonly [RegExp, number])[] = [
  [/^(\d{1,3})(?:岁|y)?$/i, 1],
  [/^(\d{1,3})(?:个?月|m|mo)$/i, 1 / 12],
  [/^(\d{1,3})(?:天|日|d)$/i, 1 / 365.25],
];

/** The most years the API takes for an estimate. */
const mostYears = 130;

const yearsOf = (typed: string): number | null => {
  for (const [form, share] of ageForms) {
    const [, number] = form.exec(typed) ?? [];
    if (number !== undefined) return Number(number) * share;
  }
  return null;
};

/**
 * Reads `19800505`, `1980-5-5`, `45`, `约60岁`, `8月` or `20天`; `today` is the hospital's (YYYY-MM-DD). Null for an empty field,
 * `unreadable` for what is neither a date anybody can have been born on nor an age.
 */
export const bornOf = (typed: string, today: string): Born | 'unreadable' | null => {
  const plain = typed.normalize('NFKC').replace(/\s/g, '');
  if (plain === '') return null;
  const birthDate = dateOf(plain);
  const ageDays = birthDate === null ? null : ageInDays(birthDate, today);
  if (birthDate !== null && ageDays !== null) return { kind: 'birthDate', birthDate, ageDays };
  const years = yearsOf(plain.replace(/^(?:大?约|~)|左右$/g, ''));
  if (years === null || years > mostYears) return 'unreadable';
  return { kind: 'estimate', years, ageDays: Math.min(oldestAgeDays, yearsInDays(years)) };
};

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;

/** What an identity card number says of its holder (GB 11643: birth date, sex, check digit); null where it is none. */
export const identityCard = (typed: string): { readonly birthDate: string; readonly sex: 'female' | 'male' } | null => {
  const number = typed.normalize('NFKC').trim().toUpperCase();
  if (!/^\d{17}[\dX]$/.test(number)) return null;
  const sum = weights.reduce<number>((total, weight, index) => total + weight * Number(number[index]), 0);
  if ('10X98765432'[sum % 11] !== number[17]) return null;
  const birthDate = dateOf(number.slice(6, 14));
  return birthDate === null ? null : { birthDate, sex: Number(number[16]) % 2 === 1 ? 'male' : 'female' };
};
