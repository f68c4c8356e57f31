import { useTranslation } from 'react-i18next';
import { type Review } from '../api/types';
import { useFormats } from '../i18n/formats';
import { type AnyPanel } from './panel';

/** Who signed what, and what happened to the review: as the ledger has it. */
export const History = ({ review, panel }: { readonly review: Review; readonly panel: AnyPanel | null }) => {
  const { t } = useTranslation(['reviews', 'person']);
  const { dateTime } = useFormats();
  return (
    <section className="card history" aria-label={t('history')}>
      <h2>{t('history')}</h2>
      {review.signatures.length > 0 && (
        <ul>
          {review.signatures.map((signature) => (
            <li key={signature.signatureId}>
              <time dateTime={signature.signedAt}>{dateTime(signature.signedAt)}</time>{' '}
              <b>
                {signature.name}（{t(`person:roles.${signature.role}`)}）
              </b>{' '}
              {t(`signed.${signature.action}`)} {panel && <panel.Line content={signature.content} />}
              {signature.reasonCode && (
                <span> {t('reasonGiven', { reason: t(`reasons.${signature.reasonCode}`) })}</span>
              )}
            </li>
          ))}
        </ul>
      )}
      <ul>
        {review.events.map((event, index) => (
          <li key={index}>
            <time dateTime={event.at}>{dateTime(event.at)}</time>{' '}
            {event.by === null || event.by === 'system' ? t('system') : event.by}{' '}
            {t(`events.${event.kind}`, { defaultValue: event.kind })}
            {event.note && <q>{event.note}</q>}
          </li>
        ))}
      </ul>
    </section>
  );
};
