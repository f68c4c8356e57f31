import { useTranslation } from 'react-i18next';
import { type Operations } from '../api/types';
import { type Health, healthOf, type Standing } from './health';

const signs: Readonly<Record<Standing, string>> = { good: '✓', warn: '!', bad: '✕', unknown: '?' };

/** Every dependency: how it stands in words, and what to do where it does not. */
export const HealthTable = ({ of }: { readonly of: Operations }) => {
  const { t } = useTranslation('ops');
  return (
    <section className="card" aria-label={t('healthTitle')}>
      <h2>{t('healthTitle')}</h2>
      <div className="table-frame">
        <table className="plain-table">
          <thead>
            <tr>
              {(['part', 'standing', 'means', 'do'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`healthColumns.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {healthOf(of).map((health) => (
              <HealthLine key={health.id} health={health} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
};

const HealthLine = ({ health: { id, standing, says, n, what } }: { readonly health: Health }) => {
  const { t } = useTranslation('ops');
  return (
    <tr>
      <th scope="row">{t(`health.${id}.name`)}</th>
      <td>
        <span className={`standing standing-${standing}`}>
          <b aria-hidden>{signs[standing]}</b> {t(`standings.${standing}`)}
        </span>
      </td>
      <td>{t(`health.${id}.${says}.is`, { n, what })}</td>
      <td>{t(`health.${id}.${says}.do`, { n, what, defaultValue: '—' })}</td>
    </tr>
  );
};
