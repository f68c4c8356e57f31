import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLiveness } from '../events/LiveChanges';
import { KeyHint } from '../keys/KeyHint';
import { useShortcut } from '../keys/use-shortcut';
import { type Signing } from './use-signing';

/** The main button: keep the own judgement, sign, or send again what was not answered. */
export const SignButton = ({ signing }: { readonly signing: Signing }) => {
  const { t } = useTranslation('reviews');
  const { connected } = useLiveness();
  const { sending, step, ready, go } = signing;
  const again = sending.unanswered !== null;
  const act = again ? () => sending.again() : go;
  const enabled = again ? !sending.busy : ready && connected;
  useShortcut('review.sign', act, { enabled });
  return (
    <>
      <Button type="primary" size="large" disabled={!enabled} loading={sending.busy} onClick={act}>
        {again ? t('sendAgain') : t(step === 'judge' ? 'judge' : 'sign')}
        <KeyHint of="review.sign" />
      </Button>
      {connected && !again && signing.missing && <span role="status">{t(`missing.${signing.missing}`)}</span>}
      {!connected && !again && <span className="quiet">{t('offline')}</span>}
    </>
  );
};
