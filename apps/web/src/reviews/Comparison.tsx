import { useTranslation } from 'react-i18next';
import { type Review } from '../api/types';
import { comparison } from './merge';
import { type AnyPanel } from './panel';

/** Mine, the draft's, the rules' and the last signed value in four lines; what differs from mine is marked in words too. */
export const Comparison = ({
  review,
  panel,
  content,
  own = 'mine',
  withDraft,
}: {
  readonly review: Review;
  readonly panel: AnyPanel;
  readonly content: object;
  /** Whose value the others are compared with. */
  readonly own?: 'mine' | 'first';
  readonly withDraft: boolean;
}) => {
  const { t } = useTranslation(['reviews', 'triage']);
  const rounds = panel.useRounds(review);
  const last = rounds.find(({ signed, round }) => signed !== null && round < review.round);
  const lines = comparison(panel.fields, {
    mine: content,
    draft: withDraft ? panel.drafted(review) : null,
    rules: panel.ruled(review),
    history: last?.signed?.content ?? null,
  });
  return (
    <div className="comparison">
      <table>
        <caption>{t('comparison')}</caption>
        <thead>
          <tr>
            <td />
            {panel.fields.map((field) => (
              <th key={field} scope="col">
                {t(panel.nameOf(field))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ origin, cells }) => (
            <tr key={origin}>
              <th scope="row">{t(`origins.${origin === 'mine' ? own : origin}`)}</th>
              {cells.map(({ field, value, differs }) => (
                <td key={field} className={differs ? 'differs' : ''}>
                  <panel.Value field={field} value={value} /> {differs && <small>{t('differs')}</small>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
