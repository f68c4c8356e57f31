import { useTranslation } from 'react-i18next';
import { isProblem, unreachable } from '../api/problem';

/** A refusal or a failure in words that say what to do; the request's number for whoever is called for help. */
export const ProblemText = ({ thrown }: { readonly thrown: unknown }) => {
  const { t } = useTranslation('problems');
  if (!isProblem(thrown)) return <>{t('FAILED')}</>;
  const { code, detail } = thrown;
  if (code === unreachable) return <>{t('NETWORK')}</>;
  const said = t(code, { ...detail, defaultValue: '' });
  const title = said === '' ? (typeof detail['title'] === 'string' ? detail['title'] : code) : said;
  const number = code === 'INTERNAL' && typeof detail['requestId'] === 'string' ? detail['requestId'] : null;
  return (
    <>
      {title}
      {number && <span className="quiet"> {t('number', { number })}</span>}
    </>
  );
};
