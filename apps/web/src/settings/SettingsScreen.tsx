import { Segmented, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { LanguageSwitch } from '../app/LanguageSwitch';
import { NoticeSettings } from '../notices/NoticeSettings';
import { type Preferences, useChangePreferences, useKeeping, usePreferences } from '../preferences/preferences';
import { NightSettings } from './NightSettings';
import { OwnQuality } from './OwnQuality';
import { ShortcutTable } from './ShortcutTable';
import { WaitSettings } from './WaitSettings';
import './settings.css';

const themes = ['system', 'light', 'dark'] as const;

/** What a person prefers, on every PC; each change holds at once. */
export const SettingsScreen = () => {
  const { t } = useTranslation('settings');
  return (
    <section className="settings">
      <header>
        <h1>{t('title')}</h1>
        <KeptLine />
      </header>
      <div className="settings-columns">
        <div>
          <LookSettings />
          <NightSettings />
          <NoticeSettings />
          <WaitSettings />
        </div>
        <div>
          <ShortcutTable />
          <OwnQuality />
        </div>
      </div>
    </section>
  );
};

const KeptLine = () => {
  const { t } = useTranslation('settings');
  const { state } = useKeeping();
  return (
    <p className="quiet" role="status">
      {t(`keeping.${state}`)}
    </p>
  );
};

const LookSettings = () => {
  const { t } = useTranslation(['settings', 'person', 'common']);
  const { theme, keyboard } = usePreferences();
  const change = useChangePreferences();
  return (
    <section className="card settings-part" aria-labelledby="settings-look">
      <h2 id="settings-look">{t('look')}</h2>
      <div className="settings-row">
        <span>{t('common:language')}</span>
        <LanguageSwitch onChange={(language) => change({ language })} />
      </div>
      <div className="settings-row">
        <span>{t('person:theme')}</span>
        <Segmented<Preferences['theme']>
          aria-label={t('person:theme')}
          options={themes.map((value) => ({ value, label: t(`person:themes.${value}`) }))}
          value={theme}
          onChange={(chosen) => change({ theme: chosen })}
        />
      </div>
      <label className="settings-row">
        <span>{t('shortcutsOn')}</span>
        <Switch
          checked={keyboard.shortcuts}
          aria-label={t('shortcutsOn')}
          onChange={(shortcuts) => change({ keyboard: { ...keyboard, shortcuts } })}
        />
      </label>
    </section>
  );
};
