import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ProcessName } from '#libs/processes/index';
import { ProblemText } from '../../app/ProblemText';
import { useFormats } from '../../i18n/formats';
import { TurnOff } from './TurnOff';
import { type Rollout, useTurnBack } from './use-rollout';

interface ManualSwitchProps {
  readonly process: ProcessName;
  readonly switches: Rollout['switches'];
  readonly mayChange: boolean;
}

/** The big red switch: no drafts for some hours, by whom, why, and until when. */
export const ManualSwitch = ({ process, switches, mayChange }: ManualSwitchProps) => {
  const { t } = useTranslation('automation');
  const [asking, setAsking] = useState(false);
  return (
    <section className="manual-switch" aria-label={t('manual')}>
      <h3>{t('manual')}</h3>
      <p className="quiet">{t('manualMeans')}</p>
      {switches.map((one) => (
        <LiveSwitch key={one.id} process={process} one={one} mayChange={mayChange} />
      ))}
      {mayChange && (
        <Button
          danger
          type={switches.length === 0 ? 'primary' : 'default'}
          size="large"
          className="manual-button"
          onClick={() => setAsking(true)}
        >
          {t(switches.length === 0 ? 'turnOff' : 'turnOffLonger')}
        </Button>
      )}
      {asking && <TurnOff process={process} onClose={() => setAsking(false)} />}
    </section>
  );
};

const LiveSwitch = ({
  process,
  one,
  mayChange,
}: {
  readonly process: ProcessName;
  readonly one: Rollout['switches'][number];
  readonly mayChange: boolean;
}) => {
  const { t } = useTranslation('automation');
  const { dateTime } = useFormats();
  const { message, modal } = App.useApp();
  const turningBack = useTurnBack(process);
  const turnBack = (): void =>
    void modal.confirm({
      title: t('turnBackTitle'),
      content: t('turnBackMeans'),
      okText: t('turnBack'),
      onOk: () =>
        turningBack.mutateAsync(one.id).then(
          () => void message.success(t('turnedBack')),
          (thrown: unknown) => void message.error(<ProblemText thrown={thrown} />),
        ),
    });
  return (
    <div className="live-switch">
      <p>
        <strong>{t('manualUntil', { at: dateTime(one.expiresAt) })}</strong>
      </p>
      <p>{t('reasonIs', { reason: one.reason })}</p>
      <p className="quiet">{t('setBy', { name: one.setByName, at: dateTime(one.setAt) })}</p>
      {mayChange && <Button onClick={turnBack}>{t('turnBack')}</Button>}
    </div>
  );
};
