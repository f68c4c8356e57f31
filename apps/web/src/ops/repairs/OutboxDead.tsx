import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { answered, api } from '../../api/client';
import { type Shown } from '../../api/types';
import { Reading } from '../../app/Reading';
import { useFormats } from '../../i18n/formats';
import { caseOf } from './case-of';
import { RepairButtons } from './RepairButtons';

type Entry = Shown<'/api/admin/outbox/dead'>['items'][number];

const useOutboxDead = () =>
  useInfiniteQuery({
    queryKey: ['outbox-dead'],
    queryFn: ({ pageParam }) =>
      answered(
        api.GET('/api/admin/outbox/dead', {
          params: { query: { limit: 25, ...(pageParam !== '' && { cursor: pageParam }) } as never },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: 30_000,
  });

/** What was given up on handing to the engine: the case it was for may stand still. */
export const OutboxDead = () => {
  const { t } = useTranslation('ops');
  const query = useOutboxDead();
  const entries = query.data?.pages.flatMap(({ items }) => items);
  return (
    <section className="card" aria-label={t('outboxTitle')}>
      <h2>{t('outboxTitle')}</h2>
      <Reading query={{ data: entries, error: query.error }}>
        {(all) => (all.length === 0 ? <p>{t('noOutbox')}</p> : <Entries entries={all} />)}
      </Reading>
      {query.hasNextPage && (
        <Button onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
          {t('older')}
        </Button>
      )}
    </section>
  );
};

const columns = ['deadAt', 'what', 'attempts', 'reason', 'actions'] as const;

const Entries = ({ entries }: { readonly entries: readonly Entry[] }) => {
  const { t } = useTranslation('ops');
  const { dateTime } = useFormats();
  return (
    <div className="table-frame">
      <table className="plain-table">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`repairColumns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map(({ id, deadAt, kind, attempts, reason, workflowId }) => {
            const caseId = caseOf(workflowId);
            return (
              <tr key={id}>
                <th scope="row">{dateTime(deadAt)}</th>
                <td>{t(`outboxKinds.${kind}`)}</td>
                <td>{attempts}</td>
                <td>{t(`outboxReasons.${reason}`, { defaultValue: reason ?? '—' })}</td>
                <td>{caseId === null ? '—' : <RepairButtons caseId={caseId} />}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
};
