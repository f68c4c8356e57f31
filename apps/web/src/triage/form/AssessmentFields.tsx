import { useTranslation } from 'react-i18next';
import { AllergiesField } from './AllergiesField';
import { ComplaintField } from './ComplaintField';
import { type AssessmentEntry } from './entry';
import { FlagsField } from './FlagsField';
import { ScreeningFields } from './ScreeningFields';
import { VitalsFields } from './VitalsFields';
import './form.css';

/** An assessment as a form: the same at registration and at re-assessment. */
export const AssessmentFields = ({
  entry,
  onChange,
  ageDays,
}: {
  readonly entry: AssessmentEntry;
  readonly onChange: (part: Partial<AssessmentEntry>) => void;
  readonly ageDays: number | null;
}) => {
  const { t } = useTranslation('assess');
  return (
    <>
      <section className="card form-part" aria-label={t('complaint')}>
        <ComplaintField value={entry.complaint} onChange={(complaint) => onChange({ complaint })} />
      </section>
      <section className="card form-part" aria-label={t('vitals')}>
        <h2>{t('vitals')}</h2>
        <VitalsFields entry={entry} onChange={onChange} ageDays={ageDays} />
      </section>
      <section className="card form-part" aria-label={t('flags')}>
        <FlagsField ticked={entry.flags} onChange={(flags) => onChange({ flags })} />
        <AllergiesField allergies={entry.allergies} onChange={(allergies) => onChange({ allergies })} />
      </section>
      <section className="card form-part">
        <ScreeningFields screening={entry.screening} onChange={(screening) => onChange({ screening })} />
      </section>
    </>
  );
};
