import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemText } from '../../app/ProblemText';
import { useFormats } from '../../i18n/formats';
import { useSession } from '../../session/session';
import { Grants } from './Grants';
import { NewGrantDialog } from './NewGrantDialog';
import { type User, useResetPassword, useSetDisabled } from './use-users';
import { type Issued } from './UsersScreen';

interface UserLineProps {
  readonly user: User;
  readonly onIssued: (issued: Issued) => void;
}

/** A person: what they are, and what the administrator does about it; nobody does it to themselves. */
export const UserLine = ({ user, onIssued }: UserLineProps) => {
  const { t } = useTranslation('users');
  const { dateTime } = useFormats();
  const session = useSession();
  const isSelf = session.user.id === user.id;
  const disabled = user.disabledAt !== null;
  return (
    <tr className={disabled ? 'over-now' : ''}>
      <th scope="row" className="users-name">
        {user.displayName}
      </th>
      <td>{user.login}</td>
      <td className="users-licence">{user.licenceNo ?? '—'}</td>
      <td>
        <Grants user={user} mayChange={!isSelf} />
      </td>
      <td>
        {disabled ? (
          <span className="state state-alert">{t('disabledAt', { at: dateTime(user.disabledAt) })}</span>
        ) : (
          <span className="state state-good">{t('enabled')}</span>
        )}
        {user.passwordExpiresAt !== null && (
          <p className="quiet">{t('temporaryUntil', { at: dateTime(user.passwordExpiresAt) })}</p>
        )}
      </td>
      <td>
        {isSelf ? <span className="quiet">{t('notSelf')}</span> : <UserActions user={user} onIssued={onIssued} />}
      </td>
    </tr>
  );
};

const UserActions = ({ user, onIssued }: UserLineProps) => {
  const { t } = useTranslation('users');
  const { message, modal } = App.useApp();
  const [granting, setGranting] = useState(false);
  const resetting = useResetPassword();
  const switching = useSetDisabled();
  const disabled = user.disabledAt !== null;
  const name = user.displayName;
  const failed = (thrown: unknown): void => void message.error(<ProblemText thrown={thrown} />);
  const reset = (): void =>
    void modal.confirm({
      title: t('resetTitle', { name }),
      content: t('resetMeans'),
      okText: t('reset'),
      onOk: () =>
        resetting
          .mutateAsync(user.id)
          .then(({ temporaryPassword }) => onIssued({ login: user.login, password: temporaryPassword }), failed),
    });
  const turn = (): void =>
    void modal.confirm({
      title: t(disabled ? 'enableTitle' : 'disableTitle', { name }),
      content: t(disabled ? 'enableMeans' : 'disableMeans'),
      okText: t(disabled ? 'enable' : 'disable'),
      okButtonProps: { danger: !disabled },
      onOk: () => switching.mutateAsync({ id: user.id, disabled: !disabled }).then(() => undefined, failed),
    });
  return (
    <div className="admin-actions">
      <Button onClick={() => setGranting(true)}>{t('grant')}</Button>
      <Button onClick={reset}>{t('reset')}</Button>
      <Button danger={!disabled} onClick={turn}>
        {t(disabled ? 'enable' : 'disable')}
      </Button>
      {granting && <NewGrantDialog user={user} onClose={() => setGranting(false)} />}
    </div>
  );
};
