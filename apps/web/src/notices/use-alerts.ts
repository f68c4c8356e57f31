import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type Notice } from '../api/types';
import { usePreferences } from '../preferences/preferences';
import { useNight } from '../preferences/use-night';
import { isHeard, newOf } from './loud';
import { ring } from './sound';

/* Without a secure context browsers have none. */
const mayNotify = (): boolean => 'Notification' in window && Notification.permission === 'granted';

/** Tells of new notices while the page is hidden, and by a sound where the person wants one; what of, only the page says. */
export const useAlerts = (notices: readonly Notice[] | undefined): void => {
  const { t } = useTranslation(['notices', 'session']);
  const { sound } = usePreferences();
  const night = useNight();
  const known = useRef<ReadonlySet<string> | null>(null);
  useEffect(() => {
    if (notices === undefined) return;
    const fresh = newOf(known.current, notices);
    known.current = new Set(notices.map(({ id }) => id));
    if (isHeard(fresh, { sound, night })) ring();
    if (fresh.length > 0 && document.hidden && mayNotify()) {
      const body = t('notices:fresh', { count: fresh.length });
      new Notification(t('session:product'), { body, tag: 'countersign', silent: true });
    }
  }, [notices, sound, night, t]);
};
