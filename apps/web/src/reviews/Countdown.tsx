import { useTranslation } from 'react-i18next';
import { useNow } from './use-now';

/** How long until something is due, or how long it has been. */
export const Countdown = ({ dueAt }: { readonly dueAt: string }) => {
  const { t } = useTranslation('reviews');
  const left = Math.ceil((Date.parse(dueAt) - useNow()) / 60_000);
  if (left > 0) return <span className="countdown">{t('dueIn', { n: left })}</span>;
  return <span className="countdown over">{t('overdue', { n: -left })}</span>;
};
