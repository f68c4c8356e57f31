import { useTranslation } from 'react-i18next';
import { type Review } from '../api/types';
import { comparison, type Line } from './merge';
import { type AnyPanel } from './panel';

/** Mine, the draft's, the rules' and the last signed value in four lines, or columns where the form is long; what differs from mine is marked in words too. */
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
        {panel.fields.length > mostAcross ? (
          <FieldsDown panel={panel} lines={lines} own={own} />
        ) : (
          <FieldsAcross panel={panel} lines={lines} own={own} />
        )}
      </table>
    </div>
  );
};

/* More fields than this do not fit beside each other. */
const mostAcross = 4;

interface Shown {
  readonly panel: AnyPanel;
  readonly lines: readonly Line[];
  readonly own: 'mine' | 'first';
}

const FieldsAcross = ({ panel, lines, own }: Shown) => {
  const { t } = useTranslation(['reviews', 'triage']);
  return (
    <>
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
            {cells.map((cell) => (
              <Cell key={cell.field} panel={panel} cell={cell} />
            ))}
          </tr>
        ))}
      </tbody>
    </>
  );
};

const FieldsDown = ({ panel, lines, own }: Shown) => {
  const { t } = useTranslation(['reviews', 'triage']);
  return (
    <>
      <thead>
        <tr>
          <td />
          {lines.map(({ origin }) => (
            <th key={origin} scope="col">
              {t(`origins.${origin === 'mine' ? own : origin}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {panel.fields.map((field, index) => (
          <tr key={field}>
            <th scope="row">{t(panel.nameOf(field))}</th>
            {lines.map(({ origin, cells }) => (
              <Cell key={origin} panel={panel} cell={cells[index]} />
            ))}
          </tr>
        ))}
      </tbody>
    </>
  );
};

const Cell = ({ panel, cell }: { readonly panel: AnyPanel; readonly cell: Line['cells'][number] | undefined }) => {
  const { t } = useTranslation('reviews');
  if (!cell) return <td />;
  return (
    <td className={cell.differs ? 'differs' : ''}>
      <panel.Value field={cell.field} value={cell.value} /> {cell.differs && <small>{t('differs')}</small>}
    </td>
  );
};
