import { Alert, Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { ProblemText } from '../app/ProblemText';
import { AiRibbon } from './AiRibbon';
import { History } from './History';
import { PatientBanner } from './PatientBanner';
import { panelFor } from './panels';
import { ReviewDesk } from './ReviewDesk';
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
  const { t } = useTranslation('reviews');
  const { data: review, error } = useReview(id);
  if (error) return <Alert type="error" showIcon role="alert" title={<ProblemText thrown={error} />} />;
  if (!review) return <Spin delay={300} />;
  const panel = panelFor(review);
  return (
    <div className="review">
      <PatientBanner review={review} />
      <AiRibbon review={review} />
      <div className="review-parts">
        <section aria-label={t('sources')}>{panel ? <panel.Sources review={review} /> : <p>{t('noPanel')}</p>}</section>
        {panel && <ReviewDesk review={review} panel={panel} />}
      </div>
      <History review={review} panel={panel} />
    </div>
  );
};
