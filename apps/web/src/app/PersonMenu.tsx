import { Button, Popover, Segmented, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Preferences, useChangePreferences, usePreferences } from '../preferences/preferences';
import { useSession } from '../session/session';
import { useSignOut } from '../session/sign-out';
import { useNight } from '../preferences/use-night';
import { Link } from 'react-router';
import { LanguageSwitch } from './LanguageSwitch';
import './person-menu.css';

const themes = ['system', 'light', 'dark'] as const;

/** Who is signed in, what they prefer, and the way out. */
export const PersonMenu = () => {
  const { user } = useSession();
  return (
    <Popover trigger="click" placement="bottomRight" content={<PersonCard />}>
      <Button type="text" aria-haspopup="dialog">
        {user.name}
      </Button>
    </Popover>
  );
};

const PersonCard = () => {
  const { t } = useTranslation(['person', 'session']);
  const { user, grants, wards } = useSession();
  const preferences = usePreferences();
  const night = useNight();
  const change = useChangePreferences();
  const signOut = useSignOut();
  const wardName = (id: string | null): string =>
    id === null ? t('person:allWards') : (wards.find((ward) => ward.id === id)?.name ?? '');
  return (
    <div className="person-menu">
      <div>
        <strong>{user.name}</strong> <span className="quiet">{user.login}</span>
        <ul>
          {grants.map(({ role, wardId }) => (
            <li key={`${role}${wardId}`}>
              {t(`person:roles.${role}`)} · {wardName(wardId)}
            </li>
          ))}
        </ul>
      </div>
      <LanguageSwitch onChange={(language) => change({ language })} />
      <Segmented<Preferences['theme']>
        aria-label={t('person:theme')}
        options={themes.map((value) => ({ value, label: t(`person:themes.${value}`) }))}
        value={preferences.theme}
        onChange={(theme) => change({ theme })}
      />
      <label>
        <Switch
          checked={night}
          onChange={(on) => change({ nightShift: { ...preferences.nightShift, mode: on ? 'on' : 'off' } })}
          aria-label={t('person:nightShift')}
        />{' '}
        {t('person:nightShift')}
      </label>
      <label>
        <Switch checked={preferences.sound} onChange={(sound) => change({ sound })} aria-label={t('person:sound')} />{' '}
        {t('person:sound')}
      </label>
      <Link to="/settings">{t('person:allSettings')}</Link>
      <Button block onClick={() => signOut.mutate()} loading={signOut.isPending}>
        {t('session:signOut')}
      </Button>
    </div>
  );
};
