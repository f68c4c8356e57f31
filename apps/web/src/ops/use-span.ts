import { useTranslation } from 'react-i18next';
import { spanOf } from './durations';

/** A span in words: `3 分钟`. */
export const useSpan = (): ((seconds: number) => string) => {
  const { t } = useTranslation('ops');
  return (seconds) => {
    const { unit, n } = spanOf(seconds);
    return t(`durations.${unit}`, { n });
  };
};
