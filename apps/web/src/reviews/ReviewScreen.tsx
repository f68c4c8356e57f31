import { Alert, Spin } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { type Review } from '../api/types';
import { ProblemText } from '../app/ProblemText';
import { AiRibbon } from './AiRibbon';
import { History } from './History';
import { PatientBanner } from './PatientBanner';
import { type AnyPanel } from './panel';
import { panelFor } from './panels';
import { ReviewDesk } from './ReviewDesk';
import { SourceTabs } from './SourceTabs';
import { useReview } from './use-reviews';
import { Worklist } from './Worklist';

/** One review with everything a person needs to answer for it. */
export const ReviewScreen = () => {
  const { id = '' } = useParams();
  return (
    <section className="review-shell">
      <aside>
        <Worklist />
      </aside>
      <Opened key={id} id={id} />
    </section>
  );
};

const Opened = ({ id }: { readonly id: string }) => {
  const { data: review, error } = useReview(id);
  const problem = error && (
    <Alert type="error" showIcon role="alert" title={<ProblemText thrown={error} />} className="review-problem" />
  );
  // What was read once stays, with what was typed into it, when reading it again fails.
  if (!review) return problem ?? <Spin delay={300} />;
  return (
    <div>
      {problem}
      <OpenReview review={review} />
    </div>
  );
};

/* Fetched only for a process without a panel. */
const BySchema = lazy(async () => ({ default: (await import('./schema-form/BySchema')).BySchema }));

/** A review as it was read. */
export const OpenReview = ({ review }: { readonly review: Review }) => {
  const panel = panelFor(review);
  return (
    <div className="review">
      <div className="review-head">
        <PatientBanner review={review} />
        <AiRibbon review={review} />
      </div>
      {panel ? (
        <Parts review={review} panel={panel} />
      ) : (
        <Suspense fallback={<Spin delay={300} />}>
          <BySchema review={review}>{(made) => <Parts review={review} panel={made} />}</BySchema>
        </Suspense>
      )}
    </div>
  );
};

const Parts = ({ review, panel }: { readonly review: Review; readonly panel: AnyPanel }) => {
  const { t } = useTranslation('reviews');
  return (
    <ReviewDesk review={review} panel={panel}>
      <SourceTabs
        label={t('sourcesAndHistory')}
        tabs={[
          { id: 'sources', label: t('sources'), content: <panel.Sources review={review} /> },
          { id: 'history', label: t('history'), content: <History review={review} panel={panel} /> },
        ]}
      />
    </ReviewDesk>
  );
};
