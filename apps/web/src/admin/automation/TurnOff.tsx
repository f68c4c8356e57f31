import { Input, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ProcessName } from '#libs/processes/index';
import { Field } from '../../app/Field';
import { Fault } from '../Reading';
import { useTurnOff } from './use-rollout';

/** Asks why and for how long the model is turned off; the reason is read by colleagues and auditors. */
export const TurnOff = ({ process, onClose }: { readonly process: ProcessName; readonly onClose: () => void }) => {
  const { t } = useTranslation(['automation', 'admin']);
  const [reason, setReason] = useState('');
  const [hours, setHours] = useState<number | null>(8);
  const turningOff = useTurnOff(process);
  const ready = reason.trim() !== '' && hours !== null;
  const turnOff = (): void => {
    if (ready) turningOff.mutate({ reason: reason.trim(), hours }, { onSuccess: onClose });
  };
  return (
    <Modal
      open
      title={t('turnOffTitle', { process: t(`admin:processes.${process}`) })}
      okText={t('turnOff')}
      okButtonProps={{ danger: true, disabled: !ready, loading: turningOff.isPending }}
      onOk={turnOff}
      onCancel={onClose}
    >
      <div className="admin-form">
        <p>{t('turnOffMeans')}</p>
        <Field label={t('admin:reason')} hint={t('reasonHint')}>
          {(id) => (
            <Input.TextArea
              id={id}
              autoFocus
              rows={3}
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('hours')} hint={t('hoursHint')}>
          {(id) => <InputNumber id={id} min={1} max={24} precision={0} value={hours} onChange={setHours} />}
        </Field>
        <Fault thrown={turningOff.error} />
      </div>
    </Modal>
  );
};
