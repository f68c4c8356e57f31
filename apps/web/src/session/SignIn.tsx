import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answered, api } from '../api/client';
import { LanguageSwitch } from '../app/LanguageSwitch';
import { ProblemText } from '../app/ProblemText';
import { Field } from '../app/Field';
import { useScans } from '../keys/ScannerGuard';
import { changeSession, takeOver } from './session';
import './sign-in.css';

/* There is no search before somebody is signed in, and a wristband is no login. */
const ignoreScan = (): void => undefined;

/** The door: login and password of a local account. */
export const SignIn = () => {
  const { t } = useTranslation('session');
  const client = useQueryClient();
  useScans(ignoreScan);
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const signing = useMutation({
    mutationFn: () => answered(api.POST('/api/auth/login', { body: { login: login.trim(), password } })),
    onSuccess: (session) => changeSession(client, takeOver(session)),
    onError: () => setPassword(''),
  });
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (!signing.isPending) signing.mutate();
  };
  return (
    <main className="sign-in">
      <form className="sign-in-card" onSubmit={onSubmit}>
        <header>
          <h1>{t('product')}</h1>
          <p>{t('motto')}</p>
        </header>
        {signing.isError && <Alert type="error" showIcon title={<ProblemText thrown={signing.error} />} role="alert" />}
        <Field label={t('login')}>
          {(id) => (
            <Input
              id={id}
              autoFocus
              autoComplete="username"
              value={login}
              maxLength={64}
              required
              onChange={(event) => setLogin(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('password')}>
          {(id) => (
            <Input.Password
              id={id}
              autoComplete="current-password"
              value={password}
              maxLength={200}
              required
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Field>
        <Button type="primary" htmlType="submit" size="large" block loading={signing.isPending}>
          {t('signIn')}
        </Button>
        <footer>
          <LanguageSwitch />
        </footer>
      </form>
    </main>
  );
};
