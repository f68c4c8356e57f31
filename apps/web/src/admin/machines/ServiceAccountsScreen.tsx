import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/formats';
import { AdminList } from '../AdminList';
import { RevokeButton } from '../RevokeButton';
import { ShownOnce } from '../ShownOnce';
import { NewServiceAccountDialog } from './NewServiceAccountDialog';
import { accountState, scopeKey } from './scopes';
import { type ServiceAccount, useRevokeServiceAccount, useServiceAccounts } from './use-machines';

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
    <AdminList
      title={t('title')}
      lead={t('lead')}
      add={t('add')}
      onAdd={() => setAdding(true)}
      pages={accounts}
      items={accounts.items}
      heads={[t('name'), t('scopes'), t('createdAt'), t('expiresAt'), t('state'), t('actions')]}
      empty={t('empty')}
      line={(account) => <AccountLine key={account.id} account={account} />}
    >
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
    </AdminList>
  );
};

const tones = { valid: 'state-good', expired: 'state-warn', revoked: 'state-alert' } as const;

const AccountLine = ({ account }: { readonly account: ServiceAccount }) => {
  const { t } = useTranslation('machines');
  const { dateTime } = useFormats();
  const revoking = useRevokeServiceAccount();
  const [openedAt] = useState(() => Date.now());
  const state = accountState(account, openedAt);
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
          <RevokeButton
            label={t('revoke')}
            title={t('revokeTitle', { name: account.name })}
            means={t('revokeMeans')}
            revoke={() => revoking.mutateAsync(account.id)}
          />
        )}
      </td>
    </tr>
  );
};
