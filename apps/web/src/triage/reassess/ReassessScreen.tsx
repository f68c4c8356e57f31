import { useQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answered, api } from '../../api/client';
import { type Shown } from '../../api/types';
import { ProblemText } from '../../app/ProblemText';
import { useFormats } from '../../i18n/formats';
import { Countdown } from '../../reviews/Countdown';
import { useNow } from '../../reviews/use-now';
import { useSession } from '../../session/session';
import { LevelBadge } from '../LevelBadge';
import '../../reviews/reviews.css';
import './reassess.css';

type Task = Shown<'/api/tasks'>['items'][number];

const columns = ['ticket', 'level', 'what', 'due', 'where', 'actions'] as const;

/** Who is to be looked at again, the most overdue first. Tickets, no names: the list hangs open on the desk. */
export const ReassessScreen = () => {
  const { t } = useTranslation(['tasks', 'common']);
  const { data, error, isPending } = useQuery({
    queryKey: ['tasks'],
    queryFn: () => answered(api.GET('/api/tasks')),
    refetchInterval: 30_000,
  });
  const tasks = (data?.items ?? []).toSorted((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt));
  return (
    <section className="reassess">
      <h1>{t('title')}</h1>
      {error && <Alert type="error" showIcon role="alert" title={<ProblemText thrown={error} />} />}
      {isPending && !error && <p className="quiet">{t('common:loading')}</p>}
      {data && tasks.length === 0 && <p className="reassess-empty">{t('empty')}</p>}
      {tasks.length > 0 && (
        <table>
          <caption className="visually-hidden">{t('title')}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {t(`columns.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {tasks.map((task) => (
              <TaskLine key={task.id} task={task} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
};

const TaskLine = ({ task }: { readonly task: Task }) => {
  const { t } = useTranslation('tasks');
  const { time } = useFormats();
  const { wards } = useSession();
  const overdue = Date.parse(task.dueAt) <= useNow();
  return (
    <tr className={overdue ? 'over' : ''}>
      <th scope="row" className="number">
        <Link to={`/cases/${task.caseId}`}>{t('ticket', { ticket: task.ticketNo })}</Link>
      </th>
      <td>
        <LevelBadge level={task.level} />
      </td>
      <td>{t(`kinds.${task.kind}`, { defaultValue: task.kind })}</td>
      <td className="number">
        {time(task.dueAt)} <Countdown dueAt={task.dueAt} />
      </td>
      <td>
        {wards.find(({ id }) => id === task.wardId)?.name} {task.room}
      </td>
      <td>
        <Link to={`/cases/${task.caseId}/reassess`}>
          <Button type={overdue ? 'primary' : 'default'}>{t('open')}</Button>
        </Link>
      </td>
    </tr>
  );
};
