import { type Today } from '../../api/types';

type Pair = Today['processes'][number]['automation']['agreement']['ownAndDraft'];

/** A share in whole percent; null of nothing. */
export const percentOf = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 100);

/** How often two values were the same, in figures that stand beside each other. */
export interface Agreement {
  readonly n: number;
  readonly percent: number | null;
  readonly moreUrgent: number;
  readonly lessUrgent: number;
}

/** A pair as it is shown; null where nothing could be compared. */
export const agreementOf = ({ n, same, moreUrgent, lessUrgent }: Pair): Agreement | null =>
  n === 0 ? null : { n, percent: percentOf(same, n), moreUrgent, lessUrgent };

/** The share signed as drafted, with what people thought by themselves; null: a rate is never told without agreement. */
export const automationOf = ({
  rate,
  agreement,
}: Today['processes'][number]['automation']): { readonly percent: number; readonly own: Agreement } | null => {
  const own = agreementOf(agreement.ownAndDraft);
  return rate === null || own === null ? null : { percent: Math.round(rate * 100), own };
};
