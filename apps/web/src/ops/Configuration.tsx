import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../app/Field';
import { type Operations } from '../api/types';
import { matching, settingsOf } from './configuration';

/** What this process of the API runs with; of secrets only that they are set. */
export const Configuration = ({ of }: { readonly of: Operations }) => {
  const { t } = useTranslation('ops');
  const [typed, setTyped] = useState('');
  const settings = settingsOf(of.configuration);
  const found = matching(settings, typed);
  return (
    <section className="card" aria-label={t('parts.configuration')}>
      <h2>{t('parts.configuration')}</h2>
      <p className="quiet">{t('configurationHint')}</p>
      <Field label={t('findSetting')} hint={t('foundSettings', { n: found.length, of: settings.length })}>
        {(id) => <Input id={id} allowClear value={typed} onChange={(event) => setTyped(event.target.value)} />}
      </Field>
      <div className="table-frame">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('settingColumns.name')}</th>
              <th scope="col">{t('settingColumns.value')}</th>
            </tr>
          </thead>
          <tbody>
            {found.map(({ name, value, hidden }) => (
              <tr key={name}>
                <th scope="row">
                  <code>{name}</code>
                </th>
                <td>
                  <code>{value === '(set)' ? t('isSet') : value}</code>{' '}
                  {hidden && <span className="standing standing-unknown">{t('secretHidden')}</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {found.length === 0 && <p className="quiet">{t('noSetting')}</p>}
    </section>
  );
};
