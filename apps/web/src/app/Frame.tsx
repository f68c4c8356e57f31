import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { KeepingNews } from '../preferences/KeepingNews';
import { KeySheet } from '../keys/KeySheet';
import { Palette } from '../keys/Palette';
import { useSession } from '../session/session';
import { NoticeBell } from './NoticeBell';
import { OfflineRibbon } from './OfflineRibbon';
import { PersonMenu } from './PersonMenu';
import { screensOf } from './screens';
import './frame.css';

/** What every screen stands in: whose hospital this is, where one may go, who is signed in, and how current it is. */
export const Frame = ({ children }: { readonly children: ReactNode }) => {
  const { t } = useTranslation(['nav', 'common']);
  const session = useSession();
  const offered = screensOf(session).filter(({ hidden }) => hidden !== true);
  return (
    <div className="frame">
      <a className="skip" href="#content">
        {t('common:skipToContent')}
      </a>
      <header className="frame-head">
        <span className="frame-house">
          {session.organisation.name}
          {session.organisation.isDemo && <span className="frame-demo">{t('common:demo')}</span>}
        </span>
        <nav aria-label={t('main')}>
          {offered.map(({ id, path }) => (
            <NavLink key={id} to={path}>
              {t(id)}
            </NavLink>
          ))}
        </nav>
        <NoticeBell />
        <PersonMenu />
      </header>
      <OfflineRibbon />
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <Palette />
      <KeySheet />
      <KeepingNews />
    </div>
  );
};
