import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answered, api } from '../../api/client';
import { ReadAt } from '../../app/ReadAt';
import { Reading } from '../../app/Reading';
import { CaseByTicket } from './CaseByTicket';
import { GatesToday } from './GatesToday';
import { ProcessToday } from './ProcessToday';
import { QueueToday } from './QueueToday';
import './today.css';

const everyMs = 30_000;

const useToday = () =>
  useQuery({
    queryKey: ['today'],
    queryFn: () => answered(api.GET('/api/admin/today')),
    refetchInterval: everyMs,
  });

/** The hospital's day in figures, on the wards of whoever looks; nothing of a patient. */
export const TodayScreen = () => {
  const { t } = useTranslation(['today', 'nav']);
  const query = useToday();
  return (
    <section className="today">
      <header className="today-head">
        <h1>{t('nav:today')}</h1>
        {query.data && <span className="quiet">{query.data.day}</span>}
        <ReadAt query={query} />
      </header>
      <Reading query={query}>
        {({ queue, reviews, processes, at, day }) => (
          <>
            <CaseByTicket today={day} />
            <QueueToday queue={queue} />
            <GatesToday gates={reviews} at={at} />
            {processes.map((process) => (
              <ProcessToday key={process.process} of={process} />
            ))}
          </>
        )}
      </Reading>
    </section>
  );
};
