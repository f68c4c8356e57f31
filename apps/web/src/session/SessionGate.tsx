import { Button, Spin } from 'antd';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemText } from '../app/ProblemText';
import { FirstPassword } from './FirstPassword';
import { LockScreen } from './LockScreen';
import { SessionContext, useAskWhoIsThere, useSessionQuery } from './session';
import { SignIn } from './SignIn';

/**
 * Shows the page to whoever is signed in, the door to everybody else, the way to an own password to whoever came in by
 * one that was handed over, and the lock over the page while the session is
 * locked: the page stays mounted (its drafts are kept) but is hidden and inert.
 */
export const SessionGate = ({ children }: { readonly children: ReactNode }) => {
  const { t } = useTranslation('common');
  const { data: session, error, refetch, isPending } = useSessionQuery();
  const ask = useAskWhoIsThere();
  useEffect(() => {
    const onVisible = (): void => {
      if (document.visibilityState === 'visible') ask();
    };
    document.addEventListener('visibilitychange', onVisible);
    return () => document.removeEventListener('visibilitychange', onVisible);
  });
  const locked = session?.locked === true;
  useEffect(() => {
    // Dialogs and menus of the component kit stand beside the page, not within it: look.css hides them by this.
    document.documentElement.toggleAttribute('data-locked', locked);
  }, [locked]);
  if (isPending) return <Spin fullscreen delay={300} />;
  if (session === undefined)
    return (
      <main className="sign-in" role="alert">
        <div className="sign-in-card">
          <ProblemText thrown={error} />
          <Button onClick={() => void refetch()}>{t('tryAgain')}</Button>
        </div>
      </main>
    );
  if (session === null) return <SignIn />;
  return (
    <SessionContext value={session}>
      <div hidden={locked} inert={locked}>
        {session.mustChangePassword ? <FirstPassword /> : children}
      </div>
      {locked && <LockScreen />}
    </SessionContext>
  );
};
