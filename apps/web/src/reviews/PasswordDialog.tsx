import { Input, Modal } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../app/Field';
import { type Sending } from './use-sending';
import { type SigningAct } from './use-signing';

/** Asks for the password again; what was to be signed is then sent under the same number. */
export const PasswordDialog = ({
  sending,
  onPassword,
}: {
  readonly sending: Sending<SigningAct>;
  readonly onPassword: (password: string) => void;
}) => {
  const { t } = useTranslation(['reviews', 'common', 'session']);
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const form = useId();
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (sending.busy || password === '') return;
    setTried(true);
    setPassword('');
    onPassword(password);
  };
  return (
    <Modal
      open
      title={t('passwordTitle')}
      okText={t('signOnly')}
      cancelText={t('common:cancel')}
      okButtonProps={{ htmlType: 'submit', form, disabled: password === '', loading: sending.busy }}
      onCancel={sending.dismiss}
      maskClosable={false}
    >
      <form id={form} onSubmit={onSubmit}>
        <p>{t('passwordSays')}</p>
        <Field
          label={t('session:password')}
          fault={tried && !sending.busy && password === '' ? t('passwordWrong') : null}
        >
          {(id) => (
            <Input.Password
              id={id}
              autoFocus
              autoComplete="current-password"
              maxLength={200}
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Modal>
  );
};
