import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/formats';
import { usePreferences } from '../../preferences/preferences';

/** Texts, formats and colours of the rows: asked for once by the table, not by each cell of 500 rows. */
export const useQueueWords = () => {
  const { t } = useTranslation(['queue', 'triage']);
  const { text, minutes } = useFormats();
  const { waitColours } = usePreferences();
  return useMemo(() => ({ t, text, minutes, waitColours }), [t, text, minutes, waitColours]);
};

/** What the cells of a row say things with. */
export type QueueWords = ReturnType<typeof useQueueWords>;
