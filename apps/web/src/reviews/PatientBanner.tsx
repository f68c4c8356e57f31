import { useTranslation } from 'react-i18next';
import { ageText } from '#libs/triage-desk/patient-facts';
import { type Review } from '../api/types';
import { useFormats } from '../i18n/formats';
import { useSession } from '../session/session';

/** The allergies as last told; null: nobody asked. */
const allergiesOf = (facts: Review['facts']): readonly string[] | null =>
  facts.reduce<readonly string[] | null>(
    (known, { content }) => (content as { allergies?: readonly string[] } | null)?.allergies ?? known,
    null,
  );

/** Whom the review is about, always in sight; a bed number or that there is none, always. */
export const PatientBanner = ({ review }: { readonly review: Review }) => {
  const { t } = useTranslation(['reviews', 'triage']);
  const { dateTime, text } = useFormats();
  const { wards } = useSession();
  const { patient, facts } = review;
  const allergies = allergiesOf(facts);
  return (
    <header className="banner">
      <h1>{patient.unidentified ? t('triage:unidentified') : patient.name}</h1>
      <span>
        {t(`triage:sexes.${patient.sex}`)} · {text(ageText(patient.ageDays, patient.ageEstimated))}
      </span>
      {patient.identifiers.slice(0, 2).map(({ authority, type, value }) => (
        <span key={`${authority}${type}${value}`} className="quiet">
          {type} {value}
        </span>
      ))}
      <span>{wards.find(({ id }) => id === review.wardId)?.name}</span>
      <span className="flag">{t('noBed')}</span>
      <span className={allergies && allergies.length > 0 ? 'flag flag-warn' : 'flag'}>
        {allergies === null
          ? t('allergiesNotAsked')
          : allergies.length === 0
            ? t('triage:allergies.none')
            : t('triage:allergies.some', { what: allergies.join('、') })}
      </span>
      <span className="quiet">{t('openedAt', { at: dateTime(review.openedAt) })}</span>
    </header>
  );
};
