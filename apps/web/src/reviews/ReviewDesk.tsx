import { Alert, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Review } from '../api/types';
import { Field } from '../app/Field';
import { ProblemText } from '../app/ProblemText';
import { ActionBar } from './ActionBar';
import { type AnyPanel, type Panel } from './panel';
import { ReasonChoice } from './ReasonChoice';
import { StaleFacts } from './StaleFacts';
import { useSigning } from './use-signing';

/** Where a person decides: their own value, the draft beside it once that is stored, the reason if one is due, the signature. */
export const ReviewDesk = ({ review, panel }: { readonly review: Review; readonly panel: AnyPanel }) => {
  const { t } = useTranslation('reviews');
  const { Form, Draft, blank } = panel as unknown as Panel<unknown>;
  const [content, setContent] = useState<unknown>(() => blank(review));
  const signing = useSigning(review, panel as unknown as Panel<unknown>, content);
  const over = review.state !== 'open';
  const part = { review, content, onChange: setContent };
  return (
    <section className="review-desk" aria-label={t('decision')}>
      {!over && (
        <div className="review-own">
          <h2>{t(review.judgement === null && signing.step === 'judge' ? 'own' : 'final')}</h2>
          <Form {...part} />
        </div>
      )}
      {review.draft !== null && (
        <div className="review-draft">
          <h2>{t('draft')}</h2>
          <Draft {...part} />
        </div>
      )}
      {signing.needsReason && !over && (
        <>
          <ReasonChoice codes={review.gate.reasonCodes} value={signing.reason} onChange={signing.setReason} />
          <Field label={t('reasonText')}>
            {(id) => (
              <Input
                id={id}
                maxLength={2000}
                value={signing.reasonText}
                onChange={(event) => signing.setReasonText(event.target.value)}
              />
            )}
          </Field>
        </>
      )}
      {review.staleFacts.length > 0 && !over && (
        <StaleFacts review={review} checked={signing.acknowledged} onChange={signing.setAcknowledged} />
      )}
      {signing.error !== null && (
        <Alert type="error" showIcon role="alert" title={<ProblemText thrown={signing.error} />} />
      )}
      <ActionBar review={review} signing={signing} />
    </section>
  );
};
