import { Button } from 'antd';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hintOf, shortcutOf, shortcuts, type ShortcutId } from '../keys/registry';
import { chordOf, keysOf, moved, remapFault, type RemapFault, remapName } from '../keys/remap';
import { useChangePreferences, usePreferences } from '../preferences/preferences';

/** Every shortcut with its keys, which the person may move; why some keys cannot be had is said beside them. */
export const ShortcutTable = () => {
  const { t } = useTranslation(['settings', 'keys']);
  const { keyboard } = usePreferences();
  return (
    <section className="card settings-part" aria-labelledby="settings-keys">
      <h2 id="settings-keys">{t('keys:sheet')}</h2>
      <p className="quiet">{keyboard.shortcuts ? t('keysHint') : t('keysOff')}</p>
      <table className="settings-keys">
        <thead>
          <tr>
            <th scope="col">{t('action')}</th>
            <th scope="col">{t('where')}</th>
            <th scope="col">{t('keysNow')}</th>
            <th scope="col">{t('change')}</th>
          </tr>
        </thead>
        <tbody>
          {shortcuts.map(({ id }) => (
            <ShortcutRow key={id} id={id} />
          ))}
        </tbody>
      </table>
    </section>
  );
};

const nameKey = (id: ShortcutId): string => `keys:names.${id.replaceAll('.', '-')}`;

const ShortcutRow = ({ id }: { readonly id: ShortcutId }) => {
  const { t } = useTranslation(['settings', 'keys']);
  const { keyboard } = usePreferences();
  const change = useChangePreferences();
  const [listening, setListening] = useState(false);
  const [fault, setFault] = useState<{ fault: RemapFault; chord: string } | null>(null);
  const shortcut = shortcutOf(id);
  const isMoved = remapName(shortcut) in keyboard.remaps;
  const keep = (chord: string | null): void =>
    change({ keyboard: { ...keyboard, remaps: moved(keyboard.remaps, id, chord) } });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!listening || event.nativeEvent.isComposing || event.code === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    const chord = chordOf(event.nativeEvent);
    if (chord === null) return;
    setListening(false);
    if (chord === 'escape' && id !== 'review.back') return setFault(null);
    const found = remapFault(id, chord, keyboard.remaps);
    setFault(found && { fault: found, chord });
    if (found === null) keep(chord);
  };
  return (
    <tr>
      <th scope="row">{t(nameKey(id))}</th>
      <td className="quiet">{t(`keys:scopes.${shortcut.scope}`)}</td>
      <td>
        {keysOf(id, keyboard.remaps)
          .split(',')
          .map((chord) => (
            <kbd key={chord} className="keys">
              {hintOf(chord)}
            </kbd>
          ))}
      </td>
      <td>
        <Button
          aria-label={t('moveOf', { name: t(nameKey(id)) })}
          type={listening ? 'primary' : 'default'}
          disabled={!keyboard.shortcuts}
          onClick={() => setListening(true)}
          onBlur={() => setListening(false)}
          onKeyDown={onKeyDown}
        >
          {listening ? t('pressKeys') : t('move')}
        </Button>
        {isMoved && (
          <Button type="text" aria-label={t('resetOf', { name: t(nameKey(id)) })} onClick={() => keep(null)}>
            {t('reset')}
          </Button>
        )}
        {fault && (
          <p role="alert" className="settings-fault">
            {t(`faults.${fault.fault.why}`, {
              keys: hintOf(fault.chord),
              other: fault.fault.why === 'taken' ? t(nameKey(fault.fault.by)) : '',
            })}
          </p>
        )}
      </td>
    </tr>
  );
};
