import { useTranslation } from 'react-i18next';
import { useFormParts } from './form-context';

/** What is wrong at a place of the content, in words; undefined: nothing, or the field was not left yet. */
export const useFaultText = (at: string): string | undefined => {
  const { t } = useTranslation('reviews');
  const fault = useFormParts().faultAt(at);
  return fault && t(`form.faults.${fault.code}`, { bound: fault.bound });
};
