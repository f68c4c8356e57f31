import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { answered, api, newKey, once } from '../../api/client';
import { type Shown } from '../../api/types';
import { ProblemText } from '../../app/ProblemText';
import { useFormats } from '../../i18n/formats';
import { useNow } from '../../reviews/use-now';
import { LevelBadge } from '../LevelBadge';
import { useQueueFilters } from './use-queue';

type Announced = Shown<'/api/triage/pre-notices'>['items'][number];

/** Who is on the way: how long still, how urgent by the rules, and the arrival with one click. */
export const PreNotices = () => {
  const { t } = useTranslation('queue');
  const { wardId } = useQueueFilters().filters;
  const { data } = useQuery({
    queryKey: ['pre-notices', wardId],
    queryFn: () => answered(api.GET('/api/triage/pre-notices', { params: { query: wardId ? { wardId } : {} } })),
    refetchInterval: 60_000,
  });
  if (!data || data.items.length === 0) return null;
  return (
    <section className="pre-notices" aria-label={t('expected')}>
      <h2>{t('expected')}</h2>
      <ul>
        {data.items.map((one) => (
          <Expected key={one.preNoticeId} one={one} />
        ))}
      </ul>
    </section>
  );
};

const useArrival = ({ preNoticeId }: Announced) => {
  const { t } = useTranslation('queue');
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [key] = useState(newKey);
  return useMutation({
    mutationFn: () =>
      answered(
        api.POST('/api/triage/pre-notices/{id}/arrivals', {
          params: { path: { id: preNoticeId }, header: once(key) },
          body: { straightToResus: false },
        }),
      ),
    onSuccess: ({ ticketNo, caseId }) => {
      void message.success(t('arrived', { ticket: ticketNo }), 10);
      void navigate(`/cases/${caseId}`);
    },
    onError: (thrown) => void message.error(<ProblemText thrown={thrown} />),
    onSettled: () => {
      for (const word of ['pre-notices', 'queue']) void client.invalidateQueries({ queryKey: [word] });
    },
  });
};

const Expected = ({ one }: { readonly one: Announced }) => {
  const { t } = useTranslation(['queue', 'triage']);
  const { text, time } = useFormats();
  const arrival = useArrival(one);
  const left = Math.ceil((Date.parse(one.expectedAt) - useNow()) / 60_000);
  const report = one.reports.at(-1)?.report;
  return (
    <li className={left < 0 ? 'late' : ''}>
      <LevelBadge level={one.provisionalFloor} provisional />
      <b className="number">{left >= 0 ? t('announcedIn', { n: left }) : t('announcedLate', { n: -left })}</b>
      <span className="quiet number">{time(one.expectedAt)}</span>
      <span>
        {report && t(`triage:sexes.${report.sex}`)} {text(one.age)}
      </span>
      <span className="queue-complaint">{report?.complaint}</span>
      <span className="quiet">
        {one.announcer.service} {one.announcer.vehicle}
      </span>
      <Button loading={arrival.isPending} onClick={() => arrival.mutate()}>
        {t('arrive')}
      </Button>
    </li>
  );
};
