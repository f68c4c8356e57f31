import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../../api/problem';
import { Field } from '../../app/Field';
import { Fault } from '../Reading';
import { useAddUser } from './use-users';
import { type Issued } from './UsersScreen';

const loginForm = /^[a-z0-9._-]{2,64}$/;

interface NewUserProps {
  readonly onClose: () => void;
  readonly onAdded: (issued: Issued) => void;
}

/** Adds a person; roles are given afterwards, the password is shown once. */
export const NewUser = ({ onClose, onAdded }: NewUserProps) => {
  const { t } = useTranslation('users');
  const [login, setLogin] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [licenceNo, setLicenceNo] = useState('');
  const adding = useAddUser();
  const sent = {
    login: login.trim().toLowerCase(),
    displayName: displayName.trim(),
    licenceNo: licenceNo.trim() === '' ? null : licenceNo.trim(),
  };
  const wrongLogin = sent.login !== '' && !loginForm.test(sent.login);
  const taken = isProblem(adding.error, 'CONFLICT') && adding.variables?.login === sent.login;
  const ready = sent.login !== '' && !wrongLogin && !taken && sent.displayName !== '';
  const add = (): void => {
    if (!ready || adding.isPending) return;
    adding.mutate(sent, {
      onSuccess: ({ temporaryPassword }) => onAdded({ login: sent.login, password: temporaryPassword }),
    });
  };
  return (
    <Modal
      open
      title={t('addTitle')}
      okText={t('add')}
      okButtonProps={{ disabled: !ready, loading: adding.isPending }}
      onOk={add}
      onCancel={onClose}
    >
      <div className="admin-form">
        <Field
          label={t('login')}
          hint={t('loginHint')}
          fault={taken ? t('faults.taken') : wrongLogin ? t('faults.login') : null}
        >
          {(id) => (
            <Input
              id={id}
              autoFocus
              autoComplete="off"
              maxLength={64}
              value={login}
              onChange={(event) => setLogin(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('name')}>
          {(id) => (
            <Input
              id={id}
              autoComplete="off"
              maxLength={100}
              value={displayName}
              onChange={(event) => setDisplayName(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('licence')} hint={t('licenceHint')}>
          {(id) => (
            <Input
              id={id}
              autoComplete="off"
              maxLength={60}
              value={licenceNo}
              onChange={(event) => setLicenceNo(event.target.value)}
            />
          )}
        </Field>
        {!taken && <Fault thrown={adding.error} />}
      </div>
    </Modal>
  );
};
