import { useTranslation } from 'react-i18next';
import { type CaseTimeline } from '../../api/types';
import { useFormats } from '../../i18n/formats';
import { useNow } from '../../reviews/use-now';
import { useSpan } from '../use-span';

const useRoles = (): ((roles: readonly string[]) => string) => {
  const { t } = useTranslation(['timeline', 'person', 'ops']);
  return (roles) =>
    roles.length === 0 ? t('product') : roles.map((role) => t(`person:roles.${role}`)).join(t('ops:comma'));
};

/** Whom or what the case waits for, and since when. */
export const AwaitedList = ({
  awaited,
  ended,
}: {
  readonly awaited: CaseTimeline['awaited'];
  readonly ended: boolean;
}) => {
  const { t } = useTranslation('timeline');
  return (
    <section className="card" aria-label={t('awaitedTitle')}>
      <h2>{t('awaitedTitle')}</h2>
      {awaited.length === 0 && <p className="quiet">{t(ended ? 'ended' : 'nobody')}</p>}
      <ul className="waits">
        {awaited.map((one, index) => (
          <AwaitedLine key={index} awaited={one} />
        ))}
      </ul>
    </section>
  );
};

const AwaitedLine = ({ awaited }: { readonly awaited: CaseTimeline['awaited'][number] }) => {
  const { t } = useTranslation('timeline');
  const { dateTime, time } = useFormats();
  const rolesOf = useRoles();
  const span = useSpan();
  const now = useNow();
  const { what, roles, since, dueAt, claimedBy, claimedUntil } = awaited;
  const over = dueAt !== null && Date.parse(dueAt) < now;
  return (
    <li>
      <b>{t(`awaits.${what}`)}</b> · {rolesOf(roles)}
      <div className="quiet">
        {t('since', { at: dateTime(since), span: span((now - Date.parse(since)) / 1000) })}
        {claimedBy !== null && <> · {t('heldBy', { name: claimedBy, until: time(claimedUntil) })}</>}
      </div>
      {dueAt !== null && (
        <div className={over ? 'over' : 'quiet'}>{t(over ? 'wasDue' : 'due', { at: dateTime(dueAt) })}</div>
      )}
    </li>
  );
};

/** What happens by itself, the next first. */
export const Timers = ({ timers }: { readonly timers: CaseTimeline['timers'] }) => {
  const { t } = useTranslation('timeline');
  const { dateTime } = useFormats();
  const rolesOf = useRoles();
  return (
    <section className="card" aria-label={t('timersTitle')}>
      <h2>{t('timersTitle')}</h2>
      {timers.length === 0 && <p className="quiet">{t('noTimers')}</p>}
      <ul className="waits">
        {timers.map(({ what, at, late, tells }, index) => (
          <li key={index}>
            <time dateTime={at}>{dateTime(at)}</time> {t(`timers.${what}`)}
            {tells !== null && <> · {t('tells', { who: rolesOf([tells]) })}</>}
            {late && <span className="over"> {t(what === 'review-due' ? 'overdue' : 'late')}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
};
