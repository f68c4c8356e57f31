import { Input, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../app/Field';
import { type Preferences, useChangePreferences, usePreferences } from '../preferences/preferences';

type Night = Preferences['nightShift'];
/* Typed, not picked: browsers show their own clock with AM and PM. */
const clock = /^([01]\d|2[0-3]):[0-5]\d$/;
const modes = ['off', 'on', 'schedule'] as const;

/** The warm, dim look of the night shift: never, always, or between two times of the hospital's day. */
export const NightSettings = () => {
  const { t } = useTranslation(['settings', 'person']);
  const { nightShift } = usePreferences();
  const change = useChangePreferences();
  return (
    <section className="card settings-part" aria-labelledby="settings-night">
      <h2 id="settings-night">{t('person:nightShift')}</h2>
      <p className="quiet">{t('nightHint')}</p>
      <Segmented<Night['mode']>
        aria-label={t('person:nightShift')}
        options={modes.map((value) => ({ value, label: t(`nightModes.${value}`) }))}
        value={nightShift.mode}
        onChange={(mode) => change({ nightShift: { ...nightShift, mode } })}
      />
      {nightShift.mode === 'schedule' && <Times key={`${nightShift.from}-${nightShift.to}`} />}
    </section>
  );
};

const Times = () => {
  const { t } = useTranslation('settings');
  const { nightShift } = usePreferences();
  const change = useChangePreferences();
  const [times, setTimes] = useState({ from: nightShift.from, to: nightShift.to });
  const bad = times.from === times.to || !clock.test(times.from) || !clock.test(times.to);
  const keep = (): void => {
    const differs = times.from !== nightShift.from || times.to !== nightShift.to;
    if (!bad && differs) change({ nightShift: { ...nightShift, ...times } });
  };
  return (
    <div className="settings-times">
      {(['from', 'to'] as const).map((end) => (
        <Field key={end} label={t(`night.${end}`)} fault={end === 'to' && bad ? t('nightFault') : undefined}>
          {(id) => (
            <Input
              id={id}
              maxLength={5}
              inputMode="numeric"
              placeholder="22:00"
              required
              value={times[end]}
              onChange={(event) => setTimes({ ...times, [end]: event.target.value })}
              onBlur={keep}
            />
          )}
        </Field>
      ))}
    </div>
  );
};
