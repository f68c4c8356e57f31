import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AdminList } from '../AdminList';
import { ShownOnce } from '../ShownOnce';
import { NewUser } from './NewUser';
import { UserLine } from './UserLine';
import { type User, useUsers } from './use-users';
import './users.css';

/** A password on the screen, this once, and whose it is. */
export interface Issued {
  readonly login: string;
  readonly password: string;
}

const found = (users: readonly User[], words: string): readonly User[] => {
  const wanted = words.trim().toLowerCase();
  return users.filter(({ login, displayName, licenceNo }) =>
    [login, displayName, licenceNo ?? ''].some((text) => text.toLowerCase().includes(wanted)),
  );
};

/** People and their roles, for the security administrator. */
export const UsersScreen = () => {
  const { t } = useTranslation('users');
  const [words, setWords] = useState('');
  const [adding, setAdding] = useState(false);
  const [issued, setIssued] = useState<Issued | null>(null);
  const users = useUsers(words !== '');
  return (
    <AdminList
      title={t('title')}
      lead={t('lead')}
      add={t('add')}
      onAdd={() => setAdding(true)}
      tools={
        <Input
          className="users-search"
          allowClear
          aria-label={t('search')}
          placeholder={t('search')}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      }
      pages={users}
      items={found(users.items, words)}
      heads={[t('name'), t('login'), t('licence'), t('roles'), t('account'), t('actions')]}
      empty={t('empty')}
      line={(user) => <UserLine key={user.id} user={user} onIssued={setIssued} />}
    >
      {adding && (
        <NewUser
          onClose={() => setAdding(false)}
          onAdded={(made) => {
            setAdding(false);
            setIssued(made);
          }}
        />
      )}
      {issued && (
        <ShownOnce
          title={t('passwordOf', { login: issued.login })}
          hint={t('passwordHint')}
          secret={issued.password}
          onClose={() => setIssued(null)}
        />
      )}
    </AdminList>
  );
};
