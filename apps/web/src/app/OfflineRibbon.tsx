import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLiveness } from '../events/LiveChanges';
import { useFormats } from '../i18n/formats';

/** A connection that comes back at once is not worth a word. */
const patienceMs = 4000;

/** Says that the network is away, and how old the screen is. */
export const OfflineRibbon = () => {
  const { connected, heardAt } = useLiveness();
  return connected ? null : <Away heardAt={heardAt} />;
};

const Away = ({ heardAt }: { readonly heardAt: number | null }) => {
  const { t } = useTranslation('common');
  const { exactTime } = useFormats();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);
  if (!shown) return null;
  return (
    <div className="ribbon" role="status">
      {heardAt === null ? t('offlineNever') : t('offline', { at: exactTime(heardAt) })}
    </div>
  );
};
