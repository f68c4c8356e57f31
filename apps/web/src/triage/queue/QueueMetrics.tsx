import { useTranslation } from 'react-i18next';
import { type Queue } from '../../api/types';
import { useFormats } from '../../i18n/formats';
import { choices } from '../level';
import { LevelBadge } from '../LevelBadge';

/** How the desk stands: who waits, how long, and who too long. */
export const QueueMetrics = ({ metrics, at }: { readonly metrics: Queue['metrics']; readonly at: string }) => {
  const { t } = useTranslation('queue');
  const { exactTime, minutes } = useFormats();
  const time = (seconds: number | null): string =>
    seconds === null ? '—' : t('common:minutes', { n: minutes(seconds) });
  const figures = [
    ['waiting', String(metrics.waiting)],
    ['average', time(metrics.averageWaitTodaySeconds)],
    ['longest', time(metrics.longestWaitSeconds)],
    ['seenToday', String(metrics.seenToday)],
  ] as const;
  return (
    <dl className="queue-metrics">
      {figures.map(([name, figure]) => (
        <div key={name}>
          <dt>{t(`metrics.${name}`)}</dt>
          <dd>{figure}</dd>
        </div>
      ))}
      <div className={metrics.overLimit > 0 ? 'over' : ''}>
        <dt>{t('metrics.overLimit')}</dt>
        <dd>{metrics.overLimit}</dd>
      </div>
      <div className="queue-levels">
        <dt>{t('metrics.byLevel')}</dt>
        <dd>
          {choices.map((level) => (
            <span key={level}>
              <LevelBadge level={level} /> {metrics.byLevel[level] ?? 0}
            </span>
          ))}
        </dd>
      </div>
      <div>
        <dt>{t('metrics.asOf')}</dt>
        <dd className="quiet">{exactTime(at)}</dd>
      </div>
    </dl>
  );
};
