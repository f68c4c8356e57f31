import { Button } from 'antd';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyHint } from '../keys/KeyHint';
import { useShortcut } from '../keys/use-shortcut';

/** A draft that came late lies closed beside what the person does, until they open it. */
export const LateDraft = ({
  opened,
  onOpen,
  children,
}: {
  readonly opened: boolean;
  readonly onOpen: () => void;
  readonly children: ReactNode;
}) => {
  const { t } = useTranslation('reviews');
  useShortcut('review.late', onOpen, { enabled: !opened });
  return (
    <>
      <p role="status">
        <b>{t('ai.offered')}</b>
      </p>
      {opened ? (
        children
      ) : (
        <Button onClick={onOpen}>
          {t('openLate')}
          <KeyHint of="review.late" />
        </Button>
      )}
    </>
  );
};
