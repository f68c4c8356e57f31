import { useTranslation } from 'react-i18next';
import { type Assessment } from '#libs/processes/triage/triage.assessment';
import { describeParameter } from '#libs/packs/parameters';
import { flagName } from '#libs/triage-desk/flag-names';
import { type TriageEvaluation } from '#libs/processes/triage/triage.rules';
import { type Review } from '../../api/types';
import { useFormats } from '../../i18n/formats';
import { Highlighted } from '../../reviews/Highlighted';
import { LevelBadge } from '../LevelBadge';
import { acuityDraftOf } from './entry';
import { Vitals } from './Vitals';

/** What is known of the patient and what the rules say of it; rules are never hidden. */
export const AcuitySources = ({ review }: { readonly review: Review }) => (
  <div className="acuity-sources">
    <Rules rules={review.rules as TriageEvaluation | null} floor={review.floor} />
    {review.facts
      .filter(({ kind }) => kind === 'assessment')
      .toReversed()
      .map((fact) => (
        <Fact key={fact.factId} fact={fact} review={review} />
      ))}
  </div>
);

const Rules = ({ rules, floor }: { readonly rules: TriageEvaluation | null; readonly floor: string | null }) => {
  const { t } = useTranslation('triage');
  const { text } = useFormats();
  const missing = (rules?.missing ?? []).map((name) =>
    text(name === 'age' ? { zh: '年龄', en: 'age' } : describeParameter(name).name),
  );
  return (
    <section>
      <h2>
        {t('acuity.floor')}{' '}
        {floor === null ? <span className="quiet">{t('acuity.noFloor')}</span> : <LevelBadge level={floor} />}
      </h2>
      {rules && (
        <ul aria-label={t('acuity.findings')}>
          {[...rules.fired, ...rules.proposals].map((finding) => (
            <li key={finding.ruleId}>{text(finding.text)}</li>
          ))}
        </ul>
      )}
      {missing.length > 0 && <p className="quiet">{t('acuity.missing', { what: missing.join('、') })}</p>}
    </section>
  );
};

const Fact = ({ fact, review }: { readonly fact: Review['facts'][number]; readonly review: Review }) => {
  const { t } = useTranslation('triage');
  const { text, dateTime } = useFormats();
  const { complaint, vitals, flags, allergies } = fact.content as Assessment;
  const quotes = (acuityDraftOf(review)?.reasons ?? []).filter(({ supported }) => supported).map(({ quote }) => quote);
  const { indicators = [], ...ticked } = flags;
  const named = [...indicators, ...Object.entries(ticked).flatMap(([name, on]) => (on === true ? [name] : []))];
  return (
    <section className="card" aria-label={t('acuity.measuredAt', { at: dateTime(fact.effectiveAt) })}>
      <p className="quiet">
        {t('acuity.measuredAt', { at: dateTime(fact.effectiveAt) })} · {fact.recordedBy ?? t(`sources.${fact.source}`)}
      </p>
      {complaint !== '' && (
        <p className="complaint">
          <Highlighted text={complaint} quotes={quotes} />
        </p>
      )}
      <Vitals vitals={vitals} />
      {named.length > 0 && (
        <p className="flags">
          {named.map((name) => (
            <span key={name} className="flag">
              {text(flagName(name))}
            </span>
          ))}
        </p>
      )}
      {allergies !== undefined && (
        <p>{allergies.length === 0 ? t('allergies.none') : t('allergies.some', { what: allergies.join('、') })}</p>
      )}
    </section>
  );
};
