import { useTranslation } from 'react-i18next';
import { type CaseView } from '../../api/types';
import { useFormats } from '../../i18n/formats';
import { Countdown } from '../../reviews/Countdown';

/** What is due for this patient and what people were told and have not answered. */
export const Due = ({ view }: { readonly view: CaseView }) => {
  const { t } = useTranslation(['case', 'tasks', 'notices', 'person']);
  const { dateTime } = useFormats();
  const tasks = view.tasks.filter(({ doneAt, cancelledAt }) => doneAt === null && cancelledAt === null);
  const notices = view.notices.filter(({ acknowledgedAt }) => acknowledgedAt === null);
  return (
    <section className="card case-part">
      <h2>{t('due')}</h2>
      {tasks.length + notices.length === 0 && <p className="quiet">{t('nothingDue')}</p>}
      <ul>
        {tasks.map((task) => (
          <li key={task.id}>
            {t(`tasks:kinds.${task.kind}`, { defaultValue: task.kind })} <Countdown dueAt={task.dueAt} />
          </li>
        ))}
        {notices.map((notice) => (
          <li key={notice.id}>
            {t(`notices:kinds.${notice.kind}`, { defaultValue: notice.kind })}{' '}
            <span className="quiet">
              {dateTime(notice.createdAt)} · {t(`person:roles.${notice.audience}`, { defaultValue: notice.audience })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
};
