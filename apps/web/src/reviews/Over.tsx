import { Button } from 'antd';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Review } from '../api/types';
import { useFormats } from '../i18n/formats';

/** A review that is over: by whom and when, and on to the next. */
export const Over = ({
  review,
  unsigned,
  onNext,
}: {
  readonly review: Review;
  /** What the person typed and did not get to sign. */
  readonly unsigned: ReactNode;
  readonly onNext: () => void;
}) => {
  const { t } = useTranslation(['reviews', 'person']);
  const { dateTime } = useFormats();
  const last = review.signatures.at(-1);
  return (
    <div className="action-bar">
      {unsigned && (
        <p>
          {t('yoursUnsigned')} {unsigned}
        </p>
      )}
      <b>{t(`states.${review.state}`)}</b>
      {review.state === 'decided' && last && (
        <span>
          {last.name}（{t(`person:roles.${last.role}`)}） {dateTime(last.signedAt)}
        </span>
      )}
      <Button type="primary" onClick={onNext}>
        {t('nextOne')}
      </Button>
    </div>
  );
};
