import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { brokenPasswordRules, minimumPasswordLength, type PasswordToSet } from '#libs/auth/password-rules';
import { answered, api } from '../api/client';
import { isProblem } from '../api/problem';
import { Field } from '../app/Field';
import { LanguageSwitch } from '../app/LanguageSwitch';
import { ProblemText } from '../app/ProblemText';
import { useScans } from '../keys/ScannerGuard';
import { readSession, sessionKey, useSession } from './session';
import { useSignOut } from './sign-out';

/* Nothing is searched before the password is one's own, and a wristband is no password. */
const ignoreScan = (): void => undefined;

/** Sets the password, and goes on where the session then stands. */
const useSetPassword = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: { readonly current: string; readonly next: string }) => {
      await answered(api.POST('/api/auth/password', { body }));
      return readSession();
    },
    onSuccess: (session) => client.setQueryData(sessionKey, session),
  });
};

/** Before anything else: who came in by a password that was handed over chooses one that nobody else knows. */
export const FirstPassword = () => {
  const { t } = useTranslation('session');
  const { user } = useSession();
  useScans(ignoreScan);
  const [typed, setTyped] = useState({ current: '', next: '', again: '' });
  const [faults, setFaults] = useState<ReturnType<typeof faultsOf>>({});
  const setting = useSetPassword();
  const signOut = useSignOut();
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    const found = faultsOf({ ...typed, login: user.login });
    setFaults(found);
    if (Object.keys(found).length === 0 && !setting.isPending)
      setting.mutate({ current: typed.current, next: typed.next });
  };
  const field = (name: keyof typeof typed) => (
    <Field
      label={t(`first.${name}`)}
      hint={name === 'next' && t('first.rules', { length: minimumPasswordLength })}
      fault={faults[name] && t(`first.faults.${faults[name]}`, { length: minimumPasswordLength })}
    >
      {(id) => (
        <Input.Password
          id={id}
          autoFocus={name === 'current'}
          autoComplete={name === 'current' ? 'current-password' : 'new-password'}
          value={typed[name]}
          required
          maxLength={200}
          onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <main className="sign-in">
      <form className="sign-in-card" onSubmit={onSubmit}>
        <header>
          <h1>{t('first.title')}</h1>
          <p>{t('first.lead', { name: user.name })}</p>
        </header>
        {setting.isError && <Alert type="error" showIcon title={<Refused thrown={setting.error} />} role="alert" />}
        {field('current')}
        {field('next')}
        {field('again')}
        <Button type="primary" htmlType="submit" size="large" block loading={setting.isPending}>
          {t('first.set')}
        </Button>
        <Button type="link" onClick={() => signOut.mutate()} loading={signOut.isPending}>
          {t('signOut')}
        </Button>
        <footer>
          <LanguageSwitch />
        </footer>
      </form>
    </main>
  );
};

const Refused = ({ thrown }: { readonly thrown: unknown }) => {
  const { t } = useTranslation('session');
  return isProblem(thrown, 'STEP_UP_REQUIRED') ? <>{t('first.wrong')}</> : <ProblemText thrown={thrown} />;
};

type Faults = { readonly [F in 'current' | 'next' | 'again']?: string };

/* The first rule that is broken, at the field where it is mended. */
const faultsOf = ({ again, ...typed }: PasswordToSet & { readonly again: string }): Faults => {
  const [broken] = brokenPasswordRules(typed);
  if (broken) return { next: broken };
  return again === typed.next ? {} : { again: 'different' };
};
