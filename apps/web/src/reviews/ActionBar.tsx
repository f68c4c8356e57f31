import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { type Review } from '../api/types';
import { useLiveness } from '../events/LiveChanges';
import { KeyHint } from '../keys/KeyHint';
import { useShortcut } from '../keys/use-shortcut';
import { type Signing } from './use-signing';

/** What this person may do now, always in sight; fed by what the gate allows. */
export const ActionBar = ({ review, signing }: { readonly review: Review; readonly signing: Signing }) => {
  const { t } = useTranslation('reviews');
  const navigate = useNavigate();
  const { connected } = useLiveness();
  useShortcut('review.sign', signing.go, { enabled: signing.ready && connected });
  useShortcut('review.back', () => void navigate('/queue'));
  if (review.state !== 'open') return <p className="action-bar">{t(`states.${review.state}`)}</p>;
  return (
    <div className="action-bar">
      <Button
        type="primary"
        size="large"
        disabled={!signing.ready || !connected}
        loading={signing.busy}
        onClick={signing.go}
      >
        {t(signing.step === 'judge' ? 'judge' : 'sign')}
        <KeyHint of="review.sign" />
      </Button>
      {!connected && <span className="quiet">{t('offline')}</span>}
    </div>
  );
};
