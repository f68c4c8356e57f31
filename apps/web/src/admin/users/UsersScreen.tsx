import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MoreButton } from '../MoreButton';
import { Reading } from '../Reading';
import { ShownOnce } from '../ShownOnce';
import { NewUser } from './NewUser';
import { UserLine } from './UserLine';
import { type User, useUsers } from './use-users';
import '../admin.css';
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
  const shown = found(users.items, words);
  return (
    <section className="admin">
      <header>
        <h1>{t('title')}</h1>
        <Input
          className="users-search"
          allowClear
          aria-label={t('search')}
          placeholder={t('search')}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <Button type="primary" onClick={() => setAdding(true)}>
          {t('add')}
        </Button>
        <p className="lead quiet">{t('lead')}</p>
      </header>
      <Reading pending={users.isPending} thrown={users.error} />
      {users.data &&
        (shown.length > 0 ? (
          <UserTable users={shown} onIssued={setIssued} />
        ) : (
          <p className="admin-empty">{t('empty')}</p>
        ))}
      <MoreButton pages={users} />
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
    </section>
  );
};

const UserTable = ({
  users,
  onIssued,
}: {
  readonly users: readonly User[];
  readonly onIssued: (issued: Issued) => void;
}) => {
  const { t } = useTranslation('users');
  return (
    <div className="admin-scroll">
      <table className="admin-table">
        <thead>
          <tr>
            <th scope="col">{t('name')}</th>
            <th scope="col">{t('login')}</th>
            <th scope="col">{t('licence')}</th>
            <th scope="col">{t('roles')}</th>
            <th scope="col">{t('account')}</th>
            <th scope="col">{t('actions')}</th>
          </tr>
        </thead>
        <tbody>
          {users.map((user) => (
            <UserLine key={user.id} user={user} onIssued={onIssued} />
          ))}
        </tbody>
      </table>
    </div>
  );
};
