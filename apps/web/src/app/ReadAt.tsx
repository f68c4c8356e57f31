import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/formats';
import { useNow } from '../reviews/use-now';
import './plain-table.css';

/** Two missed readings and a bit. */
const oldAfterMs = 75_000;

/** When what is shown was read, and a button to read it again; says so when it has grown old. */
export const ReadAt = ({
  query,
}: {
  readonly query: { readonly dataUpdatedAt: number; readonly isFetching: boolean; readonly refetch: () => unknown };
}) => {
  const { t } = useTranslation('ops');
  const { exactTime } = useFormats();
  const now = useNow();
  const { dataUpdatedAt: at, isFetching, refetch } = query;
  const old = at > 0 && now - at > oldAfterMs;
  return (
    <p className="read-at">
      {at > 0 && (
        <span className={old ? 'over' : 'quiet'} role={old ? 'status' : undefined}>
          {t(old ? 'readOld' : 'readAt', { at: exactTime(at) })}
        </span>
      )}
      <Button onClick={() => void refetch()} loading={isFetching}>
        {t('readAgain')}
      </Button>
    </p>
  );
};
