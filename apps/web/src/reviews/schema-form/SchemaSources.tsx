import { useTranslation } from 'react-i18next';
import { type Review } from '../../api/types';
import { useFormats } from '../../i18n/formats';
import { DataView, quotesIn } from './DataView';
import { useNames } from './names';
import './schema-form.css';

/** What is known of the case and what its rules say, newest first, as the process stored it. */
export const SchemaSources = ({ review }: { readonly review: Review }) => {
  const { t } = useTranslation('reviews');
  const { dateTime } = useFormats();
  const names = useNames(review);
  const quotes = quotesIn(review.draft?.content);
  return (
    <div className="schema-sources">
      {typeof review.rules === 'object' && review.rules !== null && (
        <section>
          <h2>{t('form.rules')}</h2>
          <DataView names={names} path={[]} value={review.rules} />
        </section>
      )}
      {review.facts.toReversed().map((fact) => (
        <section key={fact.factId} className="card">
          <p className="quiet">
            {dateTime(fact.effectiveAt)} · {names.title([fact.kind])}
            {fact.recordedBy && ` · ${fact.recordedBy}`}
          </p>
          <DataView names={names} path={[]} value={fact.content} quotes={quotes} />
        </section>
      ))}
    </div>
  );
};
