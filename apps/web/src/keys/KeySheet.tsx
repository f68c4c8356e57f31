import { Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../preferences/preferences';
import { hintOf, type Scope, shortcuts } from './registry';
import { useShortcut } from './use-shortcut';
import './palette.css';

const scopes: readonly Scope[] = ['everywhere', 'queue', 'intake', 'review'];

/** `?`: every shortcut, by where it works. */
export const KeySheet = () => {
  const { t } = useTranslation('keys');
  const { keyboard } = usePreferences();
  const [open, setOpen] = useState(false);
  useShortcut('sheet', () => setOpen(true));
  return (
    <Modal open={open} onCancel={() => setOpen(false)} footer={null} title={t('sheet')} destroyOnHidden>
      {!keyboard.enabled && <p>{t('switchedOff')}</p>}
      {scopes.map((scope) => (
        <table key={scope} className="key-sheet">
          <caption>{t(`scopes.${scope}`)}</caption>
          <tbody>
            {shortcuts
              .filter((one) => one.scope === scope)
              .map(({ id, keys }) => (
                <tr key={id}>
                  <th scope="row">{t(`names.${id.replaceAll('.', '-')}`)}</th>
                  <td>
                    <kbd className="keys">{hintOf(keyboard.remaps[id] ?? keys)}</kbd>
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      ))}
    </Modal>
  );
};
