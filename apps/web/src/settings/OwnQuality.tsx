import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answered, api } from '../api/client';
import { type Shown } from '../api/types';
import { ProblemText } from '../app/ProblemText';
import { nudgeOf } from './nudge';

const periods = ['7', '30', '90'] as const;
type Days = (typeof periods)[number];
type Figures = Shown<'/api/me/quality'>['own'];

/** How this person signs beside drafts: for them alone, as something to think about. */
export const OwnQuality = () => {
  const { t } = useTranslation('settings');
  const [days, setDays] = useState<Days>('30');
  const { data, error } = useQuery({
    queryKey: ['own-quality', days],
    queryFn: () => answered(api.GET('/api/me/quality', { params: { query: { process: 'triage', days } as never } })),
    placeholderData: keepPreviousData,
  });
  return (
    <section className="card settings-part" aria-labelledby="settings-quality">
      <h2 id="settings-quality">{t('quality.title')}</h2>
      <p className="quiet">{t('quality.private')}</p>
      <Segmented<Days>
        aria-label={t('quality.period')}
        value={days}
        options={periods.map((value) => ({ value, label: t('quality.days', { n: value }) }))}
        onChange={setDays}
      />
      {error && <Alert type="error" role="alert" title={<ProblemText thrown={error} />} />}
      {!data && !error && <p className="quiet">{t('common:loading')}</p>}
      {data?.own.signed === 0 && <p>{t('quality.nothing')}</p>}
      {data && data.own.signed > 0 && (
        <>
          <FiguresTable own={data.own} unit={data.unit} />
          <p>{t(`quality.nudges.${nudgeOf(data.own)}`)}</p>
          <p className="quiet">{t(data.unit === null ? 'quality.noUnit' : 'quality.unitHint')}</p>
        </>
      )}
    </section>
  );
};

const FiguresTable = ({ own, unit }: { readonly own: Figures; readonly unit: Figures | null }) => {
  const { t } = useTranslation('settings');
  const shown = (figures: Figures) => ({
    signed: String(figures.signed),
    unchanged: figures.unchangedRate === null ? '—' : `${Math.round(figures.unchangedRate * 100)}%`,
    seconds: figures.medianSeconds === null ? '—' : t('quality.seconds', { n: Math.round(figures.medianSeconds) }),
    hasty: String(figures.hasty),
  });
  const [mine, theirs] = [shown(own), unit && shown(unit)];
  return (
    <table className="settings-figures">
      <thead>
        <tr>
          <td />
          <th scope="col">{t('quality.own')}</th>
          {theirs && <th scope="col">{t('quality.unit')}</th>}
        </tr>
      </thead>
      <tbody>
        {(['signed', 'unchanged', 'seconds', 'hasty'] as const).map((figure) => (
          <tr key={figure}>
            <th scope="row">{t(`quality.figures.${figure}`)}</th>
            <td>{mine[figure]}</td>
            {theirs && <td>{theirs[figure]}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
};
