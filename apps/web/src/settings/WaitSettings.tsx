import { Input, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../app/Field';
import { useChangePreferences, usePreferences } from '../preferences/preferences';
import { fits, percentOf } from './wait-percents';

/** From which part of a level's own limit a wait is coloured in the queue. */
export const WaitSettings = () => {
  const { t } = useTranslation('settings');
  const { waitColours } = usePreferences();
  const change = useChangePreferences();
  return (
    <section className="card settings-part" aria-labelledby="settings-waits">
      <h2 id="settings-waits">{t('waits')}</h2>
      <p className="quiet">{t('waitsHint')}</p>
      <label className="settings-row">
        <span>{t('waitsOn')}</span>
        <Switch
          checked={waitColours.on}
          aria-label={t('waitsOn')}
          onChange={(on) => change({ waitColours: { ...waitColours, on } })}
        />
      </label>
      {waitColours.on && <Percents key={`${waitColours.warnPercent}-${waitColours.latePercent}`} />}
    </section>
  );
};

const Percents = () => {
  const { t } = useTranslation('settings');
  const { waitColours } = usePreferences();
  const change = useChangePreferences();
  const [typed, setTyped] = useState({
    warnPercent: String(waitColours.warnPercent),
    latePercent: String(waitColours.latePercent),
  });
  const percents = { warnPercent: percentOf(typed.warnPercent), latePercent: percentOf(typed.latePercent) };
  const good = fits(percents);
  const keep = (): void => {
    if (!good) return;
    const next = { ...waitColours, ...percents };
    if (next.warnPercent !== waitColours.warnPercent || next.latePercent !== waitColours.latePercent)
      change({ waitColours: next });
  };
  return (
    <div className="settings-times">
      {(['warnPercent', 'latePercent'] as const).map((part) => (
        <Field key={part} label={t(part)} fault={part === 'latePercent' && !good ? t('waitsFault') : undefined}>
          {(id) => (
            <Input
              id={id}
              inputMode="numeric"
              suffix="%"
              maxLength={4}
              value={typed[part]}
              onChange={(event) => setTyped({ ...typed, [part]: event.target.value })}
              onBlur={keep}
            />
          )}
        </Field>
      ))}
    </div>
  );
};
