import { Select } from 'antd';
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
        <Select
          id={id}
          value={value}
          placeholder={t('reasonMissing')}
          options={codes.map((code) => ({ value: code, label: t(`reasons.${code}`) }))}
          onChange={onChange}
        />
      )}
    </Field>
  );
};
