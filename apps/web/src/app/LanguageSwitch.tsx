import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Language, speak } from '../i18n/i18n';

const options = [
  { value: 'zh-CN' as const, label: '中文' },
  { value: 'en' as const, label: 'English' },
];

/** Chinese or English, at once. */
export const LanguageSwitch = ({ onChange }: { readonly onChange?: (language: Language) => void }) => {
  const { t, i18n } = useTranslation('common');
  return (
    <Segmented<Language>
      aria-label={t('language')}
      options={options}
      value={i18n.language === 'en' ? 'en' : 'zh-CN'}
      onChange={(language) => {
        void speak(language);
        onChange?.(language);
      }}
    />
  );
};
