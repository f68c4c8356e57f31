import { Input, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Scope, scopes } from '#libs/auth/roles';
import { isProblem } from '../../api/problem';
import { Field } from '../../app/Field';
import { Fault } from '../Reading';
import { scopeKey } from './scopes';
import { type IssuedToken } from './ServiceAccountsScreen';
import { useAddServiceAccount } from './use-machines';

interface NewServiceAccountProps {
  readonly onClose: () => void;
  readonly onAdded: (issued: IssuedToken) => void;
}

/** Adds a machine with no more than it needs, for a time. */
export const NewServiceAccountDialog = ({ onClose, onAdded }: NewServiceAccountProps) => {
  const { t } = useTranslation('machines');
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly Scope[]>([]);
  const [days, setDays] = useState<number | null>(365);
  const adding = useAddServiceAccount();
  const taken = isProblem(adding.error, 'CONFLICT') && adding.variables?.name === name.trim();
  const ready = name.trim() !== '' && !taken && chosen.length > 0 && days !== null;
  const add = (): void => {
    if (!ready || adding.isPending) return;
    adding.mutate({ name: name.trim(), scopes: [...chosen], days }, { onSuccess: onAdded });
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
        <Field label={t('name')} hint={t('nameHint')} fault={taken ? t('taken') : null}>
          {(id) => (
            <Input
              id={id}
              autoFocus
              autoComplete="off"
              maxLength={100}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <ScopeChoices chosen={chosen} onChange={setChosen} />
        <Field label={t('days')} hint={t('daysHint')}>
          {(id) => <InputNumber id={id} min={1} max={730} precision={0} value={days} onChange={setDays} />}
        </Field>
        {!taken && <Fault thrown={adding.error} />}
      </div>
    </Modal>
  );
};

const ScopeChoices = ({
  chosen,
  onChange,
}: {
  readonly chosen: readonly Scope[];
  readonly onChange: (scopes: readonly Scope[]) => void;
}) => {
  const { t } = useTranslation('machines');
  return (
    <fieldset className="choices">
      <legend>{t('scopes')}</legend>
      {scopes.map((scope) => (
        <label key={scope} className={chosen.includes(scope) ? 'chosen' : ''}>
          <input
            type="checkbox"
            checked={chosen.includes(scope)}
            onChange={({ target }) =>
              onChange(target.checked ? [...chosen, scope] : chosen.filter((one) => one !== scope))
            }
          />
          <span>{t(`scope.${scopeKey(scope)}.name`)}</span>
          <small>{t(`scope.${scopeKey(scope)}.means`)}</small>
        </label>
      ))}
    </fieldset>
  );
};
