import { Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../preferences/preferences';
import { keysOf } from './remap';
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
      {!keyboard.shortcuts && <p>{t('switchedOff')}</p>}
      {scopes.map((scope) => (
        <table key={scope} className="key-sheet">
          <caption>{t(`scopes.${scope}`)}</caption>
          <tbody>
            {shortcuts
              .filter((one) => one.scope === scope)
              .map(({ id }) => (
                <tr key={id}>
                  <th scope="row">{t(`names.${id.replaceAll('.', '-')}`)}</th>
                  <td>
                    <kbd className="keys">{hintOf(keysOf(id, keyboard.remaps))}</kbd>
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      ))}
    </Modal>
  );
};
