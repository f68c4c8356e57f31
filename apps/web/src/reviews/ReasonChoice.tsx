import { useTranslation } from 'react-i18next';
import { Field } from '../app/Field';

/** Why the signature differs from the draft, the own judgement or the floor; nothing is chosen beforehand. */
export const ReasonChoice = ({
  codes,
  value,
  onChange,
}: {
  readonly codes: readonly string[];
  readonly value: string | null;
  readonly onChange: (code: string) => void;
}) => {
  const { t } = useTranslation('reviews');
  return (
    <Field label={t('reason')}>
      {(id) => (
        // Native: Ctrl+Enter signs from here too, and opens no list.
        <select id={id} className="reason" value={value ?? ''} onChange={(event) => onChange(event.target.value)}>
          <option value="" disabled>
            {t('reasonMissing')}
          </option>
          {codes.map((code) => (
            <option key={code} value={code}>
              {t(`reasons.${code}`)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
};
