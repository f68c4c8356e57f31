import { parameters } from '#libs/packs/parameters';
import { vitalsSchema } from '#libs/processes/triage/triage.assessment';
import { type NumberField } from './entry';

/** What was typed, whatever the input method made of it: full-width digits, a Chinese full stop for the point. */
export const plainNumber = (typed: string): string =>
  typed
    .normalize('NFKC')
    .replace(/[。．,，]/g, '.')
    .trim();

/** The number typed; null for an empty field, NaN for what is none. */
export const numberOf = (typed: string | undefined): number | null => {
  const plain = plainNumber(typed ?? '');
  if (plain === '') return null;
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
};

/** Both pressures typed in one field, as they are spoken: `120/80`; null for anything else. */
export const pressuresOf = (typed: string): { readonly systolic: string; readonly diastolic: string } | null => {
  const [, systolic, diastolic] = /^(\d{2,3})\/(\d{1,3})$/.exec(plainNumber(typed)) ?? [];
  return systolic === undefined || diastolic === undefined ? null : { systolic, diastolic };
};

/** The least and the most the API takes, and whether only whole numbers. */
export interface Limits {
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
}

/** The limits of a vital sign, as the API's schema has them. */
export const limitsOf = (field: NumberField): Limits => {
  const { minValue, maxValue } = vitalsSchema.shape[field].unwrap();
  return { least: minValue ?? 0, most: maxValue ?? Number.POSITIVE_INFINITY, whole: parameters[field].step === 1 };
};

/** Why the API would refuse what is typed; null where it would not. */
export const faultOf = (field: NumberField, typed: string | undefined): 'notNumber' | 'whole' | 'limits' | null => {
  const value = numberOf(typed);
  if (value === null) return null;
  if (Number.isNaN(value)) return 'notNumber';
  if (vitalsSchema.shape[field].safeParse(value).success) return null;
  return limitsOf(field).whole && !Number.isInteger(value) ? 'whole' : 'limits';
};
