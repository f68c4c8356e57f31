import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

/** An address that leads nowhere, or nowhere for this person. */
export const NotFound = () => {
  const { t } = useTranslation('common');
  return (
    <section className="card">
      <h1>{t('notFoundTitle')}</h1>
      <p>{t('notFoundText')}</p>
      <Link to="/">{t('toStart')}</Link>
    </section>
  );
};
