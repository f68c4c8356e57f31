import { useTranslation } from 'react-i18next';
import { Combobox } from './Combobox';
import { complaintsFor, withComplaint } from './complaint-words';
import { useVocabulary } from './use-vocabulary';

/**
 * The chief complaint in the patient's words. Letters offer the complaints whose initials they are: Enter takes the first
 * one where people write Chinese; who writes English chooses by an arrow, so that no word of theirs is replaced.
 */
export const ComplaintField = ({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (complaint: string) => void;
}) => {
  const { t, i18n } = useTranslation('assess');
  const found = complaintsFor(value, useVocabulary().complaints);
  return (
    <Combobox
      label={t('complaint')}
      field="complaint"
      words={value}
      onWords={onChange}
      options={found.map(({ zh }) => ({ id: zh, shown: zh }))}
      onTake={(complaint) => onChange(withComplaint(value, complaint))}
      eager={i18n.language === 'zh-CN'}
      placeholder={t('complaintHint')}
      maxLength={2000}
    />
  );
};
