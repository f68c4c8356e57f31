import { Alert, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { NavLink, useSearchParams } from 'react-router';
import { type WorklistItem } from '../api/types';
import { ProblemText } from '../app/ProblemText';
import { SavedFilters } from '../filters/SavedFilters';
import { useFormats } from '../i18n/formats';
import { Countdown } from './Countdown';
import { type ListName, lists, useListName, useReviews } from './use-reviews';
import './reviews.css';

/** The list of reviews; which one, stands in the address. */
export const Worklist = () => {
  const { t } = useTranslation('reviews');
  const [list, choose] = useListName();
  const { data, error } = useReviews(list);
  return (
    <div className="worklist">
      <Segmented<ListName>
        aria-label={t('lists.label')}
        value={list}
        options={(Object.keys(lists) as ListName[]).map((value) => ({ value, label: t(`lists.${value}`) }))}
        onChange={choose}
      />
      <SavedFilters screen="reviews" />
      {error && <Alert type="error" role="alert" title={<ProblemText thrown={error} />} />}
      {data?.items.length === 0 && <p className="quiet">{t(`empty.${list}`)}</p>}
      <ol>
        {data?.items.map((item) => (
          <li key={item.reviewId}>
            <Line item={item} />
          </li>
        ))}
      </ol>
    </div>
  );
};

const Line = ({ item }: { readonly item: WorklistItem }) => {
  const { t } = useTranslation(['reviews', 'triage']);
  const { time } = useFormats();
  const [search] = useSearchParams();
  const { patient, claim } = item;
  return (
    <NavLink to={{ pathname: `/reviews/${item.reviewId}`, search: search.toString() }}>
      <b>{patient.unidentified ? t('triage:unidentified') : patient.name}</b>
      <span className="quiet">
        {t(`steps.${item.process}-${item.step}`)} · {t('openedAt', { at: time(item.openedAt) })}
      </span>
      <span>
        {item.state === 'open' || item.state === 'awaiting-second' ? (
          <Countdown dueAt={item.dueAt} />
        ) : (
          t(`states.${item.state}`)
        )}
        {item.state === 'awaiting-second' && <span className="flag flag-warn">{t('states.awaiting-second')}</span>}
        {claim && <span className="flag">{t('heldBy', { name: claim.name })}</span>}
      </span>
    </NavLink>
  );
};
