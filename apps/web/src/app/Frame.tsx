import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { KeepingNews } from '../preferences/KeepingNews';
import { GoKeys } from '../keys/GoKeys';
import { KeySheet } from '../keys/KeySheet';
import { Palette } from '../keys/Palette';
import { useSession } from '../session/session';
import { MainNavigation } from './MainNavigation';
import { KeptRibbon } from '../triage/intake/KeptRibbon';
import { NoticeBell } from './NoticeBell';
import { OfflineRibbon } from './OfflineRibbon';
import { PersonMenu } from './PersonMenu';
import { screensOf } from './screens';
import './frame.css';

/** What every screen stands in: whose hospital this is, where one may go, who is signed in, and how current it is. */
export const Frame = ({ children }: { readonly children: ReactNode }) => {
  const { t } = useTranslation();
  const session = useSession();
  const offered = screensOf(session).filter(({ hidden }) => hidden !== true);
  return (
    <div className="frame">
      <a className="skip" href="#content">
        {t('skipToContent')}
      </a>
      <header className="frame-head">
        <span className="frame-house">
          {session.organisation.name}
          {session.organisation.isDemo && <span className="frame-demo">{t('demo')}</span>}
        </span>
        <MainNavigation screens={offered} />
        <NoticeBell />
        <PersonMenu />
      </header>
      <OfflineRibbon />
      <KeptRibbon />
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <GoKeys />
      <Palette />
      <KeySheet />
      <KeepingNews />
    </div>
  );
};
