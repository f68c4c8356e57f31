import { useTranslation } from 'react-i18next';
import { percentOf } from './percent';
import { type ModelQuality } from './use-agreement';

const width = 160;
const height = 12;

/** How often drafts were taken unchanged, and how long a review stood open, by week; never of one person. */
export const Weeks = ({ weeks }: { readonly weeks: ModelQuality['weeks'] }) => {
  const { t } = useTranslation('quality');
  return (
    <section aria-labelledby="quality-weeks" className="quality-weeks">
      <h2 id="quality-weeks">{t('weeks')}</h2>
      <p className="quiet">{t('weeksMean')}</p>
      <div className="admin-scroll">
        <table className="admin-table">
          <thead>
            <tr>
              <th scope="col">{t('week')}</th>
              <th scope="col">{t('reviews')}</th>
              <th scope="col">{t('offered')}</th>
              <th scope="col">{t('unchanged')}</th>
              <th scope="col">{t('open')}</th>
            </tr>
          </thead>
          <tbody>
            {weeks.map((one) => (
              <tr key={one.week}>
                <th scope="row">{t('weekOf', { day: one.week })}</th>
                <td className="number">{one.decisions}</td>
                <td className="number">{one.offered ?? '—'}</td>
                <td>
                  <Unchanged week={one} />
                </td>
                <td>{one.medianSecondsOpen === null ? '—' : t('seconds', { n: Math.round(one.medianSecondsOpen) })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
};

const Unchanged = ({ week }: { readonly week: ModelQuality['weeks'][number] }) => {
  const { t } = useTranslation('quality');
  const { acceptedUnchangedRate: rate, acceptedUnchanged, offered } = week;
  if (rate === null) return <span className="quiet">{t('tooFew')}</span>;
  return (
    <span className="agreement-bar">
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden focusable="false">
        <rect className="bar-same" width={rate * width} height={height} />
      </svg>
      <span>
        <strong>{percentOf(rate, 1)}</strong> {t('ofN', { part: acceptedUnchanged, n: offered })}
      </span>
    </span>
  );
};
