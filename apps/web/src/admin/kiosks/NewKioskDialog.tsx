import { Input, InputNumber, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BoardKind, boardKinds, type BoardNames, boardNames } from '#libs/auth/kiosk';
import { isProblem } from '../../api/problem';
import { Field } from '../../app/Field';
import { useSession } from '../../session/session';
import { RadioChoices } from '../RadioChoices';
import { Fault } from '../Reading';
import { addressesOf } from './addresses';
import { type IssuedKiosk, useAddKiosk } from './use-kiosks';

interface NewKioskProps {
  readonly onClose: () => void;
  readonly onAdded: (issued: IssuedKiosk) => void;
}

/** Makes a board for one screen on one ward. */
export const NewKioskDialog = ({ onClose, onAdded }: NewKioskProps) => {
  const { t } = useTranslation('kiosks');
  const { wards } = useSession();
  const [name, setName] = useState('');
  const [wardId, setWardId] = useState<string | undefined>(wards.length === 1 ? wards[0]?.id : undefined);
  const [kind, setKind] = useState<BoardKind>('public-queue');
  const [names, setNames] = useState<BoardNames>('number-only');
  const [addresses, setAddresses] = useState('');
  const [days, setDays] = useState<number | null>(null);
  const adding = useAddKiosk();
  const taken = isProblem(adding.error, 'CONFLICT');
  const ready = name.trim() !== '' && wardId !== undefined;
  const add = (): void => {
    if (!ready || adding.isPending) return;
    const common = { name: name.trim(), wardId, addresses: addressesOf(addresses), days };
    const body = kind === 'public-queue' ? { kind, names, ...common } : { kind, ...common };
    adding.mutate(body, { onSuccess: onAdded });
  };
  return (
    <Modal
      open
      title={t('add')}
      okText={t('add')}
      okButtonProps={{ disabled: !ready, loading: adding.isPending }}
      onOk={add}
      onCancel={onClose}
    >
      <div className="admin-form">
        <Field label={t('columns.name')} hint={t('nameHint')} fault={taken ? t('taken') : null}>
          {(id) => (
            <Input id={id} autoFocus maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
        <Field label={t('columns.ward')}>
          {(id) => (
            <Select
              id={id}
              value={wardId}
              placeholder={t('wardMissing')}
              options={wards.map((ward) => ({ value: ward.id, label: ward.name }))}
              onChange={setWardId}
            />
          )}
        </Field>
        <RadioChoices
          legend={t('columns.kind')}
          value={kind}
          onChange={setKind}
          options={boardKinds.map((value) => ({
            value,
            label: t(`kinds.${value}.name`),
            hint: t(`kinds.${value}.means`),
          }))}
        />
        {kind === 'public-queue' && (
          <RadioChoices
            legend={t('namesLegend')}
            value={names}
            onChange={setNames}
            options={boardNames.map((value) => ({ value, label: t(`names.${value}`) }))}
          />
        )}
        <Field label={t('columns.addresses')} hint={t('addressesHint')}>
          {(id) => <Input id={id} value={addresses} onChange={(event) => setAddresses(event.target.value)} />}
        </Field>
        <Field label={t('days')} hint={t('daysHint')}>
          {(id) => <InputNumber id={id} min={1} max={3650} precision={0} value={days} onChange={setDays} />}
        </Field>
        {!taken && <Fault thrown={adding.error} />}
      </div>
    </Modal>
  );
};
