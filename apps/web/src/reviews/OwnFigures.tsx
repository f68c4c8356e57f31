import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answered, api } from '../api/client';

const tenMinutes = 600_000;

/** How this person signed beside drafts of late, for nobody's eyes but theirs; nothing while there is nothing to tell. */
export const OwnFigures = ({ process }: { readonly process: string }) => {
  const { t } = useTranslation('reviews');
  const { data } = useQuery({
    queryKey: ['own-quality', process],
    queryFn: () => answered(api.GET('/api/me/quality', { params: { query: { process, days: '30' } as never } })),
    staleTime: tenMinutes,
  });
  if (!data || data.own.signed === 0 || data.own.unchangedRate === null) return null;
  const { signed, unchangedRate, medianSeconds } = data.own;
  const figures = { signed, percent: Math.round(unchangedRate * 100), seconds: Math.round(medianSeconds ?? 0) };
  return (
    <div>
      <dt>{t('ownFigures')}</dt>
      <dd>{t('ownFiguresSay', figures)}</dd>
    </div>
  );
};
