import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { ProblemText } from '../app/ProblemText';

/** What stands where something is read: that it is being read, or why it could not be. */
export const Reading = ({ pending, thrown }: { readonly pending: boolean; readonly thrown: unknown }) => {
  const { t } = useTranslation();
  if (thrown) return <Fault thrown={thrown} />;
  return pending ? <p className="quiet">{t('loading')}</p> : null;
};

/** Why something was not done; nothing while there is no failure. */
export const Fault = ({ thrown }: { readonly thrown: unknown }) =>
  thrown ? <Alert type="error" showIcon role="alert" title={<ProblemText thrown={thrown} />} /> : null;
