import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../api/problem';
import { type Review } from '../api/types';
import { useFormats } from '../i18n/formats';

interface Props {
  readonly review: Review;
  readonly thrown: unknown;
  readonly onNext: () => void;
  readonly onStay: () => void;
}

const wordOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Somebody was first: who, what and when; then on to the next, or a look at what was signed. */
export const TooLate = ({ review, thrown, onNext, onStay }: Props) => {
  const { t } = useTranslation(['reviews', 'triage']);
  const { exactTime } = useFormats();
  const detail = isProblem(thrown) ? thrown.detail : {};
  const code = isProblem(thrown) ? thrown.code : '';
  const at = wordOf(detail['decidedAt']) || wordOf(detail['signedAt']);
  const who = {
    name: wordOf(detail['decidedBy']) || wordOf(detail['signedBy']) || t('somebody'),
    action: t(`signed.${wordOf(detail['action']) || 'manual'}`),
    at: exactTime(at === '' ? null : at),
    patient: review.patient.unidentified ? t('triage:unidentified') : review.patient.name,
  };
  return (
    <Modal
      open
      title={t(`tooLate.${code}.title`)}
      onCancel={onStay}
      maskClosable={false}
      footer={[
        <Button key="stay" onClick={onStay}>
          {t('stayHere')}
        </Button>,
        <Button key="next" type="primary" autoFocus onClick={onNext}>
          {t('nextOne')}
        </Button>,
      ]}
    >
      <p>{t(`tooLate.${code}.says`, who)}</p>
      <p className="quiet">{t('nothingOfYours')}</p>
    </Modal>
  );
};
