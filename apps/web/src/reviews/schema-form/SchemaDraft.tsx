import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Review } from '../../api/types';
import { differing } from '../merge';
import { DataView } from './DataView';
import { type Entry, nameOf } from './entry';
import { type GroupSpec } from './field-spec';
import { useNames } from './names';

interface Props {
  readonly review: Review;
  readonly spec: GroupSpec;
  readonly content: Entry;
  /** What the draft says in the fields of the form; null: nothing of it can be taken over. */
  readonly drafted: Entry | null;
  readonly onChange: (entry: Entry) => void;
}

/** The draft beside one's own value: one quiet line when they agree, each difference with a way to take it over when not. */
export const SchemaDraft = ({ review, spec, content, drafted, onChange }: Props) => {
  const { t } = useTranslation('reviews');
  const names = useNames(review);
  const open = review.state === 'open';
  const differ = drafted === null ? [] : differing(content, drafted, spec.fields.map(nameOf));
  const take = (fields: readonly string[]): void =>
    onChange({ ...content, ...Object.fromEntries(fields.map((field) => [field, drafted?.[field] ?? ''])) });
  return (
    <div className="schema-draft">
      {drafted === null ? (
        <p className="schema-differs">{t('form.nothingToTake')}</p>
      ) : differ.length === 0 ? (
        <p>{t(open ? 'form.agrees' : 'form.agreed')}</p>
      ) : (
        <>
          <p className="schema-differs">{t(open ? 'form.differs' : 'form.differed', { count: differ.length })}</p>
          <dl className="data-view">
            {differ.map((field) => (
              <div key={field}>
                <dt>{names.title([field])}</dt>
                <dd>
                  {names.inWords([field], drafted[field])}{' '}
                  {open && (
                    <Button
                      size="small"
                      aria-label={t('form.takeOf', { field: names.title([field]) })}
                      onClick={() => take([field])}
                    >
                      {t('form.take')}
                    </Button>
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {open && review.gate.mode !== 'independent_first' && differ.length > 1 && (
        <Button onClick={() => take(differ)}>{t('form.takeAll')}</Button>
      )}
      <details>
        <summary>{t('form.wholeDraft')}</summary>
        <DataView names={names} path={[]} value={review.draft?.content} />
      </details>
    </div>
  );
};
