import { useTranslation } from 'react-i18next';

/** What a message tells of, in words beside its code. */
export const EventName = ({ event }: { readonly event: string | null }) => {
  const { t } = useTranslation('ops');
  if (event === null) return <>{t('eventUnknown')}</>;
  return (
    <>
      {t(`eventNames.${event}`, { defaultValue: '' })} <span className="quiet">{event}</span>
    </>
  );
};
