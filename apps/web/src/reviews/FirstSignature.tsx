import { useTranslation } from 'react-i18next';
import { type Review } from '../api/types';
import { useFormats } from '../i18n/formats';
import { type AnyPanel } from './panel';

/** A signature with what was signed and why, for whoever signs second. */
export const FirstSignature = ({
  signature,
  panel,
}: {
  readonly signature: Review['signatures'][number];
  readonly panel: AnyPanel;
}) => {
  const { t } = useTranslation(['reviews', 'person']);
  const { dateTime } = useFormats();
  return (
    <section className="review-own first-signature">
      <h2>{t('firstSignature')}</h2>
      <p>
        <b>
          {signature.name}（{t(`person:roles.${signature.role}`)}）
        </b>{' '}
        {t(`signed.${signature.action}`)} <time dateTime={signature.signedAt}>{dateTime(signature.signedAt)}</time>
      </p>
      <p>
        <panel.Line content={signature.content} />
      </p>
      {signature.reasonCode && <p>{t('reasonGiven', { reason: t(`reasons.${signature.reasonCode}`) })}</p>}
      {signature.reasonText && <blockquote>{signature.reasonText}</blockquote>}
    </section>
  );
};
