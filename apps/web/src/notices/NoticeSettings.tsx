import { Button, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangePreferences, usePreferences } from '../preferences/preferences';
import { ring } from './sound';

type Standing = 'unavailable' | NotificationPermission;

const standing = (): Standing =>
  window.isSecureContext && 'Notification' in window ? Notification.permission : 'unavailable';

/** Sounds and the browser's own notices; the browser asks only after a click here. */
export const NoticeSettings = () => {
  const { t } = useTranslation(['notices', 'person']);
  const { sound } = usePreferences();
  const change = useChangePreferences();
  const [permission, setPermission] = useState(standing);
  return (
    <section className="card settings-part" aria-labelledby="settings-notices">
      <h2 id="settings-notices">{t('title')}</h2>
      <label className="settings-row">
        <span>{t('person:sound')}</span>
        <Switch checked={sound} aria-label={t('person:sound')} onChange={(on) => change({ sound: on })} />
      </label>
      <p className="quiet">{t('soundHint')}</p>
      <Button onClick={ring}>{t('tryTone')}</Button>
      <p className="quiet">{t(`browser.${permission}`)}</p>
      {permission === 'default' && (
        <Button onClick={() => void Notification.requestPermission().then(setPermission)}>{t('allow')}</Button>
      )}
    </section>
  );
};
