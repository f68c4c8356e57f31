import { Alert, Button, Segmented, Spin } from 'antd';
import { type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, useSearchParams } from 'react-router';
import { type WorklistItem } from '../api/types';
import { ProblemText } from '../app/ProblemText';
import { SavedFilters } from '../filters/SavedFilters';
import { useFormats } from '../i18n/formats';
import { Countdown } from './Countdown';
import { useArrivals } from './use-arrivals';
import { type ListName, lists, useListName, useReviews } from './use-reviews';
import './reviews.css';

/* Up and down move between the lines while one of them has the focus. */
const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a')];
  const at = links.findIndex((link) => link === document.activeElement);
  if (at < 0) return;
  event.preventDefault();
  links[Math.min(Math.max(at + step, 0), links.length - 1)]?.focus();
};

/** The list of reviews; which one, stands in the address. */
export const Worklist = () => {
  const { t } = useTranslation('reviews');
  const [list, choose] = useListName();
  const { data: items, error, hasNextPage, fetchNextPage, isFetchingNextPage, isPending } = useReviews(list);
  const came = useArrivals(list, items?.map(({ reviewId }) => reviewId) ?? null);
  return (
    <div className="worklist">
      <Segmented<ListName>
        aria-label={t('lists.label')}
        value={list}
        options={(Object.keys(lists) as ListName[]).map((value) => ({ value, label: t(`lists.${value}`) }))}
        onChange={choose}
      />
      <p className="visually-hidden" aria-live="polite">
        {came > 0 && t('arrived', { count: came })}
      </p>
      <SavedFilters screen="reviews" />
      {error && <Alert type="error" role="alert" title={<ProblemText thrown={error} />} />}
      {isPending && <Spin delay={300} />}
      {items?.length === 0 && <p className="quiet">{t(`empty.${list}`)}</p>}
      <ol onKeyDown={onKeyDown} aria-label={t(`lists.${list}`)}>
        {items?.map((item) => (
          <li key={item.reviewId}>
            <Line item={item} />
          </li>
        ))}
      </ol>
      {hasNextPage && (
        <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('moreReviews')}
        </Button>
      )}
    </div>
  );
};

const Line = ({ item }: { readonly item: WorklistItem }) => {
  const { t } = useTranslation(['reviews', 'triage']);
  const { time } = useFormats();
  const [search] = useSearchParams();
  const { patient, claim, deferredUntil } = item;
  const waits = item.state === 'open' || item.state === 'awaiting-second';
  return (
    <NavLink to={{ pathname: `/reviews/${item.reviewId}`, search: search.toString() }}>
      <b>{patient.unidentified ? t('triage:unidentified') : patient.name}</b>
      <span className="quiet">
        {t(`steps.${item.process}-${item.step}`)} · {t('openedAt', { at: time(item.openedAt) })}
        {item.round > 1 && ` · ${t('roundNo', { n: item.round })}`}
      </span>
      <span>
        {waits ? <Countdown dueAt={item.dueAt} /> : t(`states.${item.state}`)}
        {item.state === 'awaiting-second' && <span className="flag flag-warn">{t('states.awaiting-second')}</span>}
        {item.draft === 'failed' && waits && <span className="flag">{t('draftFailed')}</span>}
        {claim && <span className="flag">{t('heldUntil', { name: claim.name, at: time(claim.until) })}</span>}
        {deferredUntil && waits && <span className="flag">{t('backAt', { at: time(deferredUntil) })}</span>}
      </span>
    </NavLink>
  );
};
