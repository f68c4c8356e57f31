import { Alert } from 'antd';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemText } from './ProblemText';

/** What was read, or that it is being read, or why it cannot be; what was read before stays below a failure. */
export const Reading = <T,>({
  query: { data, error },
  children,
}: {
  readonly query: { readonly data: T | undefined; readonly error: unknown };
  readonly children: (data: T) => ReactNode;
}) => {
  const { t } = useTranslation('common');
  return (
    <>
      {error !== null && <Alert type="error" showIcon role="alert" title={<ProblemText thrown={error} />} />}
      {data === undefined ? error === null && <p className="quiet">{t('loading')}</p> : children(data)}
    </>
  );
};
