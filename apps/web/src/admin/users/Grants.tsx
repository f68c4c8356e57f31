import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ProblemText } from '../../app/ProblemText';
import { useSession } from '../../session/session';
import { type Grant, type User, useRevokeRole } from './use-users';

/** The roles of a person, each with where it holds, and the way to take it away. */
export const Grants = ({ user, mayChange }: { readonly user: User; readonly mayChange: boolean }) => {
  const { t } = useTranslation('users');
  if (user.grants.length === 0) return <span className="quiet">{t('noRoles')}</span>;
  return (
    <ul className="grants">
      {user.grants.map((grant) => (
        <GrantLine key={grant.id} user={user} grant={grant} mayChange={mayChange} />
      ))}
    </ul>
  );
};

const GrantLine = ({
  user,
  grant,
  mayChange,
}: {
  readonly user: User;
  readonly grant: Grant;
  readonly mayChange: boolean;
}) => {
  const { t } = useTranslation(['users', 'person']);
  const { wards } = useSession();
  const { message, modal } = App.useApp();
  const revoking = useRevokeRole();
  const role = t(`person:roles.${grant.role}`);
  const ward = wards.find(({ id }) => id === grant.wardId)?.name ?? t('person:allWards');
  const revoke = (): void =>
    void modal.confirm({
      title: t('revokeTitle', { name: user.displayName, role, ward }),
      content: t('revokeMeans'),
      okText: t('revoke'),
      okButtonProps: { danger: true },
      onOk: () =>
        revoking.mutateAsync({ id: user.id, grantId: grant.id }).then(
          () => undefined,
          (thrown: unknown) => void message.error(<ProblemText thrown={thrown} />),
        ),
    });
  return (
    <li>
      {role} · {ward}
      {mayChange && (
        <Button type="text" aria-label={t('revokeOf', { role, ward })} onClick={revoke}>
          ×
        </Button>
      )}
    </li>
  );
};
