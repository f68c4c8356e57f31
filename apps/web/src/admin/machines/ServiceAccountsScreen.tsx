import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemText } from '../../app/ProblemText';
import { useFormats } from '../../i18n/formats';
import { MoreButton } from '../MoreButton';
import { Reading } from '../Reading';
import { ShownOnce } from '../ShownOnce';
import { NewServiceAccountDialog } from './NewServiceAccountDialog';
import { accountState, scopeKey } from './scopes';
import { type ServiceAccount, useRevokeServiceAccount, useServiceAccounts } from './use-machines';
import '../admin.css';

/** A token on the screen, this once, and whose it is. */
export interface IssuedToken {
  readonly name: string;
  readonly token: string;
}

/** Machines and what they may do; none of them can ever decide. */
export const ServiceAccountsScreen = () => {
  const { t } = useTranslation('machines');
  const [adding, setAdding] = useState(false);
  const [issued, setIssued] = useState<IssuedToken | null>(null);
  const accounts = useServiceAccounts();
  return (
    <section className="admin">
      <header>
        <h1>{t('title')}</h1>
        <Button type="primary" onClick={() => setAdding(true)}>
          {t('add')}
        </Button>
        <p className="lead quiet">{t('lead')}</p>
      </header>
      <Reading pending={accounts.isPending} thrown={accounts.error} />
      {accounts.data &&
        (accounts.items.length > 0 ? (
          <AccountTable accounts={accounts.items} />
        ) : (
          <p className="admin-empty">{t('empty')}</p>
        ))}
      <MoreButton pages={accounts} />
      {adding && (
        <NewServiceAccountDialog
          onClose={() => setAdding(false)}
          onAdded={(made) => {
            setAdding(false);
            setIssued(made);
          }}
        />
      )}
      {issued && (
        <ShownOnce
          title={t('tokenOf', { name: issued.name })}
          hint={t('tokenHint')}
          secret={issued.token}
          onClose={() => setIssued(null)}
        />
      )}
    </section>
  );
};

const AccountTable = ({ accounts }: { readonly accounts: readonly ServiceAccount[] }) => {
  const { t } = useTranslation('machines');
  return (
    <div className="admin-scroll">
      <table className="admin-table">
        <thead>
          <tr>
            <th scope="col">{t('name')}</th>
            <th scope="col">{t('scopes')}</th>
            <th scope="col">{t('createdAt')}</th>
            <th scope="col">{t('expiresAt')}</th>
            <th scope="col">{t('state')}</th>
            <th scope="col">{t('actions')}</th>
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <AccountLine key={account.id} account={account} />
          ))}
        </tbody>
      </table>
    </div>
  );
};

const tones = { valid: 'state-good', expired: 'state-warn', revoked: 'state-alert' } as const;

const AccountLine = ({ account }: { readonly account: ServiceAccount }) => {
  const { t } = useTranslation('machines');
  const { dateTime } = useFormats();
  const { message, modal } = App.useApp();
  const revoking = useRevokeServiceAccount();
  const [openedAt] = useState(() => Date.now());
  const state = accountState(account, openedAt);
  const revoke = (): void =>
    void modal.confirm({
      title: t('revokeTitle', { name: account.name }),
      content: t('revokeMeans'),
      okText: t('revoke'),
      okButtonProps: { danger: true },
      onOk: () =>
        revoking.mutateAsync(account.id).then(
          () => undefined,
          (thrown: unknown) => void message.error(<ProblemText thrown={thrown} />),
        ),
    });
  return (
    <tr className={state === 'valid' ? '' : 'over-now'}>
      <th scope="row">{account.name}</th>
      <td>{account.scopes.map((scope) => t(`scope.${scopeKey(scope)}.name`)).join(t('and'))}</td>
      <td>{dateTime(account.createdAt)}</td>
      <td>{dateTime(account.expiresAt)}</td>
      <td>
        <span className={`state ${tones[state]}`}>{t(`states.${state}`, { at: dateTime(account.revokedAt) })}</span>
      </td>
      <td>
        {state === 'revoked' ? (
          '—'
        ) : (
          <Button danger onClick={revoke}>
            {t('revoke')}
          </Button>
        )}
      </td>
    </tr>
  );
};
