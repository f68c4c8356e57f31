import { useTranslation } from 'react-i18next';
import { Worklist } from './Worklist';

/** What waits for this person's signature, of every process. */
export const WorklistScreen = () => {
  const { t } = useTranslation('reviews');
  return (
    <section>
      <h1>{t('title')}</h1>
      <Worklist />
    </section>
  );
};
