import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../session/session';
import { dateFormat } from './date-format';
import { type Both } from './i18n';

/** Times, durations and texts as they are shown; times in the hospital's zone, 24 h, whatever the PC's clock thinks. */
export interface Formats {
  /** 14:32 */
  time(at: string | number | null): string;
  /** 14:32:05 */
  exactTime(at: string | number | null): string;
  /** 2026-11-23 14:32 */
  dateTime(at: string | number | null): string;
  /** Whole minutes, as waiting is told. */
  minutes(seconds: number): string;
  /** The text in the language of the screen. */
  text(both: Both): string;
}

const shown =
  (format: Intl.DateTimeFormat) =>
  (at: string | number | null): string =>
    at === null ? '—' : format.format(new Date(at));

/** The formats of the screen, by language and hospital. */
export const useFormats = (): Formats => {
  const { i18n } = useTranslation();
  const { organisation } = useSession();
  const { timeZone } = organisation;
  const { language } = i18n;
  return useMemo(() => {
    const clock = { hour: '2-digit', minute: '2-digit' } as const;
    const day = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
    return {
      time: shown(dateFormat(timeZone, clock)),
      exactTime: shown(dateFormat(timeZone, { ...clock, second: '2-digit' })),
      dateTime: shown(dateFormat(timeZone, { ...day, ...clock })),
      minutes: (seconds) => String(Math.floor(seconds / 60)),
      text: ({ zh, en }) => (language === 'en' ? en : zh),
    };
  }, [timeZone, language]);
};
