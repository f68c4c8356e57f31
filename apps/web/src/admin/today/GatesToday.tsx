import { useTranslation } from 'react-i18next';
import { type Today } from '../../api/types';
import { useFormats } from '../../i18n/formats';
import { useSpan } from '../../ops/use-span';

const columns = ['waiting', 'awaitingSecond', 'deferred', 'overdue'] as const;

/** What waits to be signed, gate by gate, and for how long the oldest has waited. */
export const GatesToday = ({ gates, at }: { readonly gates: Today['reviews']; readonly at: string }) => {
  const { t } = useTranslation(['today', 'reviews']);
  const { time } = useFormats();
  const span = useSpan();
  const ageOf = (openedAt: string): string => span((Date.parse(at) - Date.parse(openedAt)) / 1000);
  return (
    <section className="card" aria-label={t('gatesTitle')}>
      <h2>{t('gatesTitle')}</h2>
      <div className="table-frame">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('gateColumns.gate')}</th>
              {columns.map((column) => (
                <th key={column} scope="col" className="number">
                  {t(`gateColumns.${column}`)}
                </th>
              ))}
              <th scope="col">{t('gateColumns.oldest')}</th>
            </tr>
          </thead>
          <tbody>
            {gates.map((gate) => (
              <tr key={`${gate.process}-${gate.step}`}>
                <th scope="row">{t(`reviews:steps.${gate.process}-${gate.step}`)}</th>
                {columns.map((column) => (
                  <td key={column} className={column === 'overdue' && gate[column] > 0 ? 'number over' : 'number'}>
                    {gate[column]}
                  </td>
                ))}
                <td>
                  {gate.oldestOpenedAt === null
                    ? t('noneWaits')
                    : t('oldestSince', { at: time(gate.oldestOpenedAt), span: ageOf(gate.oldestOpenedAt) })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
};
