import { useTranslation } from 'react-i18next';
import { type Today } from '../../api/types';
import { useFormats } from '../../i18n/formats';
import { LevelBadge } from '../../triage/LevelBadge';

const columns = ['waiting', 'called', 'provisional', 'overLimit', 'breachesToday'] as const;

/** Who waits, level by level, and how long people waited today. */
export const QueueToday = ({ queue }: { readonly queue: Today['queue'] }) => {
  const { t } = useTranslation(['today', 'queue', 'common']);
  const { minutes } = useFormats();
  const time = (seconds: number | null): string =>
    seconds === null ? '—' : t('common:minutes', { n: minutes(seconds) });
  const figures: readonly (readonly [string, string | number, boolean])[] = [
    ['waiting', queue.levels.reduce((sum, { waiting }) => sum + waiting, 0), false],
    ['overLimit', queue.levels.reduce((sum, { overLimit }) => sum + overLimit, 0), true],
    ['breaches', queue.breachesToday, true],
    ['seen', queue.seenToday, false],
    ['average', time(queue.averageWaitSeconds), false],
    ['longest', time(queue.longestWaitSeconds), false],
  ];
  return (
    <section className="card" aria-label={t('queueTitle')}>
      <h2>{t('queueTitle')}</h2>
      <dl className="figures">
        {figures.map(([name, figure, alarming]) => (
          <div key={name} className={alarming && figure !== 0 ? 'over' : ''}>
            <dt>{t(`figures.${name}`)}</dt>
            <dd>{figure}</dd>
          </div>
        ))}
      </dl>
      <div className="table-frame">
        <table className="plain-table">
          <caption className="visually-hidden">{t('byLevel')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('queue:level')}</th>
              {columns.map((column) => (
                <th key={column} scope="col" className="number">
                  {t(`levelColumns.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {queue.levels.map((row) => (
              <tr key={row.level ?? 'none'}>
                <th scope="row">
                  <LevelBadge level={row.level} />
                </th>
                {columns.map((column) => (
                  <td key={column} className={column === 'overLimit' && row[column] > 0 ? 'number over' : 'number'}>
                    {row[column]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="quiet">{t('levelNote')}</p>
    </section>
  );
};
