import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { answered, api } from '../../api/client';
import { type CaseTimeline } from '../../api/types';
import { ReadAt } from '../../app/ReadAt';
import { Reading } from '../../app/Reading';
import { holds, useSession } from '../../session/session';
import { RepairButtons } from '../repairs/RepairButtons';
import { AwaitedList, Timers } from './Waits';
import { TimelineSteps } from './TimelineSteps';
import '../ops.css';
import './case-timeline.css';

/* Every reading is audited: it is read again when the case changes, and not whenever somebody looks at the window. */
const useTimeline = (id: string) =>
  useQuery({
    queryKey: ['case-timeline', id],
    queryFn: () => answered(api.GET('/api/admin/cases/{id}/timeline', { params: { path: { id } } })),
    refetchInterval: 60_000,
    refetchOnWindowFocus: false,
  });

/** A case as steps: what happened, who did it, who is awaited and what happens next; never whose case it is. */
export const CaseTimelineScreen = () => {
  const { t } = useTranslation('timeline');
  const { id = '' } = useParams();
  const query = useTimeline(id);
  return (
    <section className="ops">
      <header className="ops-head">
        <h1>{query.data ? <CaseTitle of={query.data} /> : t('title')}</h1>
        {query.data && <CaseState of={query.data} />}
        <ReadAt query={query} />
      </header>
      <Reading query={query}>
        {(of) => (
          <>
            <div className="case-waits">
              <AwaitedList awaited={of.awaited} ended={of.timers.length === 0 && of.awaited.length === 0} />
              <Timers timers={of.timers} />
            </div>
            <TimelineSteps steps={of.steps} truncated={of.truncated} />
            <ForEngineers of={of} />
          </>
        )}
      </Reading>
    </section>
  );
};

const CaseTitle = ({ of: { ticketNo, ward, process } }: { readonly of: CaseTimeline }) => {
  const { t } = useTranslation(['timeline', 'ops']);
  const name = t(`ops:processes.${process}`, { defaultValue: process });
  return (
    <>
      {ticketNo === null
        ? t('ofWard', { name, ward: ward.name })
        : t('ofTicket', { name, ward: ward.name, ticket: ticketNo })}
    </>
  );
};

const CaseState = ({ of: { state } }: { readonly of: CaseTimeline }) => {
  const { t } = useTranslation('triage');
  return <span className="standing standing-unknown">{t(`states.${state}`, { defaultValue: state })}</span>;
};

/** Ids for whoever looks into the engine, and what may be repaired: the system administrator's alone. */
const ForEngineers = ({ of: { caseId, workflowId } }: { readonly of: CaseTimeline }) => {
  const { t } = useTranslation('timeline');
  const session = useSession();
  if (workflowId === null || !holds(session, ['system_admin'])) return null;
  return (
    <section className="card" aria-label={t('engineers')}>
      <h2>{t('engineers')}</h2>
      <dl className="facts ids">
        <div>
          <dt>{t('caseId')}</dt>
          <dd>
            <code>{caseId}</code>
          </dd>
        </div>
        <div>
          <dt>{t('engineId')}</dt>
          <dd>
            <code>{workflowId}</code>
          </dd>
        </div>
      </dl>
      <RepairButtons caseId={caseId} link={false} />
    </section>
  );
};
