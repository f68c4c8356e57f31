import { App, Button, InputNumber } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ProcessName } from '#libs/processes/index';
import { Field } from '../../app/Field';
import { RadioChoices } from '../RadioChoices';
import { Fault } from '../Reading';
import { type Mode, type Rollout, useSetRollout } from './use-rollout';

const modes: readonly Mode[] = ['off', 'shadow', 'draft'];

interface ModeFormProps {
  readonly process: ProcessName;
  readonly rollout: Rollout;
  readonly mayChange: boolean;
}

/** The mode that holds while no manual switch does; begun anew whenever another version of it is shown. */
export const ModeForm = ({ process, rollout, mayChange }: ModeFormProps) => {
  const { t } = useTranslation(['automation', 'admin']);
  const { message } = App.useApp();
  const [mode, setMode] = useState(rollout.mode);
  const [blindPercent, setBlindPercent] = useState(rollout.blindPercent);
  const setting = useSetRollout(process);
  const changed = mode !== rollout.mode || blindPercent !== rollout.blindPercent;
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    const sent = { mode, blindPercent, version: rollout.version };
    if (changed && !setting.isPending)
      setting.mutate(sent, { onSuccess: () => void message.success(t('admin:saved')) });
  };
  return (
    <form className="admin-form" onSubmit={onSubmit}>
      <RadioChoices
        legend={t('mode')}
        disabled={!mayChange}
        value={mode}
        onChange={setMode}
        options={modes.map((value) => ({ value, label: t(`modes.${value}.name`), hint: t(`modes.${value}.means`) }))}
      />
      <p className="quiet">{t('noAuto')}</p>
      <Field label={t('blind')} hint={t('blindHint')}>
        {(id) => (
          <InputNumber
            id={id}
            min={0}
            max={100}
            precision={0}
            suffix="%"
            value={blindPercent}
            disabled={!mayChange}
            onChange={(value) => setBlindPercent(value ?? 0)}
          />
        )}
      </Field>
      <Fault thrown={setting.error} />
      {mayChange ? (
        <div className="admin-actions">
          <Button type="primary" htmlType="submit" disabled={!changed} loading={setting.isPending}>
            {t('set')}
          </Button>
        </div>
      ) : (
        <p className="quiet">{t('onlySystem')}</p>
      )}
    </form>
  );
};
