import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Input } from 'antd';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answered, api } from '../api/client';
import { Field } from '../app/Field';
import { ProblemText } from '../app/ProblemText';
import { useSignOut } from './sign-out';
import { sessionKey, takeOver, useSession } from './session';

/* Whoever unlocks goes on in the field that had the focus. */
const useFocusBack = (): void => {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (before instanceof HTMLElement) before.focus();
    },
    [before],
  );
};

/** Covers the page while the session is locked; what was typed below stays, and nothing of it can be seen or reached. */
export const LockScreen = () => {
  const { t } = useTranslation('session');
  const client = useQueryClient();
  const { user } = useSession();
  const [password, setPassword] = useState('');
  const signOut = useSignOut();
  useFocusBack();
  const unlocking = useMutation({
    mutationFn: () => answered(api.POST('/api/auth/unlock', { body: { password } })),
    onSuccess: (session) => {
      client.setQueryData(sessionKey, takeOver(session));
      void client.invalidateQueries();
    },
    onError: () => setPassword(''),
  });
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (!unlocking.isPending) unlocking.mutate();
  };
  return (
    <div className="sign-in lock" role="dialog" aria-modal="true" aria-labelledby="lock-title">
      <form className="sign-in-card" onSubmit={onSubmit}>
        <header>
          <h1 id="lock-title">{t('locked')}</h1>
          <p>{t('lockedFor', { name: user.name })}</p>
        </header>
        {unlocking.isError && (
          <Alert type="error" showIcon title={<ProblemText thrown={unlocking.error} />} role="alert" />
        )}
        <Field label={t('password')}>
          {(id) => (
            <Input.Password
              id={id}
              autoFocus
              autoComplete="current-password"
              value={password}
              required
              maxLength={200}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Field>
        <Button type="primary" htmlType="submit" size="large" block loading={unlocking.isPending}>
          {t('unlock')}
        </Button>
        <Button type="link" onClick={() => signOut.mutate()} loading={signOut.isPending}>
          {t('otherPerson')}
        </Button>
      </form>
    </div>
  );
};
