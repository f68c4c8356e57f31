import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Review } from '../api/types';
import { useFormats } from '../i18n/formats';
import { detailsOf, type EventDetail } from './event-detail';
import { type AnyPanel } from './panel';

interface Props {
  readonly review: Review;
  readonly panel: AnyPanel | null;
}

/** Who signed what, what happened to the review, and the other rounds of the case: as the ledger has it. */
export const History = ({ review, panel }: Props) => {
  const { t } = useTranslation('reviews');
  return (
    <div className="history">
      {review.signatures.length > 0 && <Signatures review={review} panel={panel} />}
      <h2>{t('events.title')}</h2>
      <Events review={review} />
      {panel && <Rounds review={review} panel={panel} />}
    </div>
  );
};

const Signatures = ({ review, panel }: Props) => {
  const { t } = useTranslation(['reviews', 'person']);
  const { dateTime } = useFormats();
  return (
    <>
      <h2>{t('signatures')}</h2>
      <ul>
        {review.signatures.map((signature) => (
          <li key={signature.signatureId}>
            <time dateTime={signature.signedAt}>{dateTime(signature.signedAt)}</time>{' '}
            <b>
              {signature.name}（{t(`person:roles.${signature.role}`)}）
            </b>{' '}
            {signature.sequence > 1 ? t('signed.second') : t(`signed.${signature.action}`)}{' '}
            {panel && <panel.Line content={signature.content} />}
            {signature.reasonCode && <span> {t('reasonGiven', { reason: t(`reasons.${signature.reasonCode}`) })}</span>}
            {signature.reasonText && <q>{signature.reasonText}</q>}
          </li>
        ))}
      </ul>
    </>
  );
};

const Events = ({ review }: { readonly review: Review }) => {
  const { t } = useTranslation('reviews');
  const { dateTime } = useFormats();
  return (
    <ul>
      {review.events.toReversed().map((event, index) => (
        <li key={index}>
          <time dateTime={event.at}>{dateTime(event.at)}</time>{' '}
          {event.by === null || event.by === 'system' || event.by === 'service' ? t('system') : event.by}{' '}
          {t(`events.${event.kind}`, { defaultValue: t('events.other') })}
          {detailsOf(event).map((detail) => (
            <Detail key={detail.key} detail={detail} />
          ))}
          {event.note && <q>{event.note}</q>}
        </li>
      ))}
    </ul>
  );
};

const Detail = ({ detail: { key, value } }: { readonly detail: EventDetail }) => {
  const { t } = useTranslation(['reviews', 'person']);
  const { dateTime } = useFormats();
  const shown = key === 'until' ? dateTime(value) : key === 'tell' ? t(`person:roles.${value}`) : value;
  return <span className="quiet"> {t(`eventDetails.${key}`, { value: shown })}</span>;
};

const Rounds = ({ review, panel }: { readonly review: Review; readonly panel: AnyPanel }) => {
  const { t } = useTranslation('reviews');
  const { dateTime } = useFormats();
  const rounds = panel.useRounds(review);
  if (rounds.length === 0) return null;
  return (
    <>
      <h2>{t('rounds')}</h2>
      <ul>
        {rounds.map(({ reviewId, round, state, openedAt, signed }) => (
          <li key={reviewId}>
            <Link to={`/reviews/${reviewId}`}>{t('roundNo', { n: round })}</Link>{' '}
            <time dateTime={openedAt}>{dateTime(openedAt)}</time>{' '}
            {signed ? (
              <>
                {signed.by} {dateTime(signed.at)} <panel.Line content={signed.content} />
              </>
            ) : (
              t(`states.${state}`)
            )}
          </li>
        ))}
      </ul>
    </>
  );
};
