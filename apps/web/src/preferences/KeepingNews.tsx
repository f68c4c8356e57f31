import { App } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemText } from '../app/ProblemText';
import { useKeeping } from './preferences';

/** Tells when preferences were not kept as changed: another PC was first, or the server could not be asked. */
export const KeepingNews = () => {
  const { t } = useTranslation('settings');
  const { message } = App.useApp();
  const keeping = useKeeping();
  useEffect(() => {
    if (keeping.state === 'overtaken') void message.info(t('overtaken'), 6);
    if (keeping.state === 'failed')
      void message.error(
        <>
          {t('notKept')} <ProblemText thrown={keeping.thrown} />
        </>,
        6,
      );
  }, [keeping, message, t]);
  return null;
};
