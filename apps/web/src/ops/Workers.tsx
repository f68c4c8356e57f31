import { useTranslation } from 'react-i18next';
import { type Operations } from '../api/types';
import { useFormats } from '../i18n/formats';
import { useSpan } from './use-span';

const secondsBetween = (at: string, now: string): number => (Date.parse(now) - Date.parse(at)) / 1000;

/** Who works: each worker with what it takes on and when it was last heard of. */
export const Workers = ({ of: { workers, at } }: { readonly of: Operations }) => {
  const { t } = useTranslation('ops');
  const { dateTime } = useFormats();
  const columns = ['worker', 'state', 'lastSeen', 'startedAt', 'takes', 'engine'] as const;
  return (
    <section className="card" aria-label={t('workersTitle')}>
      <h2>{t('workersTitle')}</h2>
      {workers.length === 0 ? (
        <p className="quiet">{t('noWorkers')}</p>
      ) : (
        <div className="table-frame">
          <table className="plain-table">
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {t(`workerColumns.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {workers.map((worker) => (
                <tr key={worker.id}>
                  <th scope="row">
                    {worker.host} <span className="quiet">{t('process', { pid: worker.pid })}</span>{' '}
                    <span className="quiet">{worker.version}</span>
                  </th>
                  <td>
                    <WorkerState worker={worker} />
                  </td>
                  <td>
                    <Ago at={worker.lastSeenAt} now={at} />
                  </td>
                  <td>{dateTime(worker.startedAt)}</td>
                  <td>
                    {worker.queues.length === 0
                      ? '—'
                      : worker.queues
                          .map((queue) => t(`queueNames.${queue}`, { defaultValue: queue }))
                          .join(t('comma'))}
                  </td>
                  <td>{t(`engineSays.${worker.temporal}`, { defaultValue: worker.temporal })}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
};

const WorkerState = ({ worker: { live, state } }: { readonly worker: Operations['workers'][number] }) => {
  const { t } = useTranslation('ops');
  const says = live || state === 'stopped' ? state : 'silent';
  const standing = !live ? (state === 'stopped' ? 'unknown' : 'bad') : state === 'running' ? 'good' : 'warn';
  return <span className={`standing standing-${standing}`}>{t(`workerStates.${says}`)}</span>;
};

/** How long ago when it was read, by the server's clock. */
const Ago = ({ at, now }: { readonly at: string; readonly now: string }) => {
  const { t } = useTranslation('ops');
  const { exactTime } = useFormats();
  const span = useSpan();
  return (
    <>
      {exactTime(at)} <span className="quiet">{t('ago', { span: span(secondsBetween(at, now)) })}</span>
    </>
  );
};

/** Each task queue and how many live workers take from it. */
export const Queues = ({ of: { queues, at } }: { readonly of: Operations }) => {
  const { t } = useTranslation('ops');
  return (
    <section className="card" aria-label={t('queuesTitle')}>
      <h2>{t('queuesTitle')}</h2>
      {queues.length === 0 ? (
        <p className="quiet">{t('noQueues')}</p>
      ) : (
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('queueColumns.queue')}</th>
              <th scope="col" className="number">
                {t('queueColumns.workers')}
              </th>
              <th scope="col">{t('queueColumns.lastSeen')}</th>
            </tr>
          </thead>
          <tbody>
            {queues.map(({ queue, workers, lastSeenAt }) => (
              <tr key={queue}>
                <th scope="row">
                  {t(`queueNames.${queue}`, { defaultValue: queue })} <span className="quiet">{queue}</span>
                </th>
                <td className={workers === 0 ? 'number over' : 'number'}>{workers}</td>
                <td>
                  <Ago at={lastSeenAt} now={at} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
};
