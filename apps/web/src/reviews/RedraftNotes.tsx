import { useTranslation } from 'react-i18next';
import { type Review } from '../api/types';
import { type AnyPanel } from './panel';

/** What was asked of the draft, what became of each note in each version, and what changed without being asked for. */
export const RedraftNotes = ({ review, panel }: { readonly review: Review; readonly panel: AnyPanel }) => {
  const { t } = useTranslation(['reviews', 'triage']);
  const { redraft, draft } = review;
  const since = draft?.changedSince ?? null;
  const named = (fields: readonly string[]): string => fields.map((field) => t(panel.nameOf(field))).join('、');
  return (
    <>
      {redraft.pending && <p role="status">{t('redraftPending')}</p>}
      {redraft.notes.length > 0 && (
        <table className="redraft-outcomes">
          <caption>{t('redraftNotes')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('noteNo')}</th>
              <th scope="col">{t('noteAsked')}</th>
              <th scope="col">{t('noteBecame')}</th>
            </tr>
          </thead>
          <tbody>
            {redraft.notes.map(({ id, text, field, by, outcomes }) => (
              <tr key={id}>
                <th scope="row">{id}</th>
                <td>
                  {field && <b>{t(panel.nameOf(field))} </b>}
                  {text} <span className="quiet">{by}</span>
                </td>
                <td>
                  {outcomes.length === 0 && t('noteOpen')}
                  {outcomes.map(({ version, outcome, changed }) => (
                    <div key={version} className={outcome === 'claimed-unchanged' ? 'unsupported' : ''}>
                      {t('inVersion', { version })} {t(`outcomes.${outcome}`)}
                      {changed && outcome !== 'addressed' && ` ${t('outcomeChanged')}`}
                    </div>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {since && (
        <p>
          {since.fields.length === 0
            ? t('changedNothing', { version: since.version })
            : t('changedSince', { version: since.version, what: named(since.fields) })}
          {since.collateral.length > 0 && (
            <b className="unsupported"> {t('collateral', { what: named(since.collateral) })}</b>
          )}
        </p>
      )}
    </>
  );
};
