import { useTranslation } from 'react-i18next';
import { type CaseTimeline } from '../../api/types';
import { useFormats } from '../../i18n/formats';

type Step = CaseTimeline['steps'][number];

const columns = ['at', 'step', 'who', 'detail'] as const;

/** What happened, oldest first: in words, by whom, with codes where the ledger has some. */
export const TimelineSteps = ({
  steps,
  truncated,
}: {
  readonly steps: CaseTimeline['steps'];
  readonly truncated: boolean;
}) => {
  const { t } = useTranslation('timeline');
  const { dateTime, exactTime } = useFormats();
  return (
    <section className="card" aria-label={t('stepsTitle')}>
      <h2>{t('stepsTitle')}</h2>
      {truncated && <p className="quiet">{t('truncated')}</p>}
      <div className="table-frame">
        <table className="plain-table">
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
            {steps.map((step, index) => (
              <tr key={index}>
                <td className="step-at">
                  <time dateTime={step.at} title={exactTime(step.at)}>
                    {dateTime(step.at).slice(0, 10)} {exactTime(step.at)}
                  </time>
                </td>
                <th scope="row">{t(`steps.${step.step}`)}</th>
                <td>
                  <Who by={step.by} />
                </td>
                <td>
                  <Detail detail={step.detail} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
};

const Who = ({ by: { kind, name, roles } }: { readonly by: Step['by'] }) => {
  const { t } = useTranslation(['timeline', 'person', 'ops']);
  if (kind === 'system') return <span className="quiet">{t('product')}</span>;
  const held = roles.map((role) => t(`person:roles.${role}`, { defaultValue: role })).join(t('ops:comma'));
  return (
    <>
      {name ?? t('unnamed')} {kind === 'service' ? <span className="quiet">{t('service')}</span> : null}
      {held !== '' && <span className="quiet"> {held}</span>}
    </>
  );
};

const Detail = ({ detail }: { readonly detail: Step['detail'] }) => {
  const words = useDetailWords(detail);
  return <span className="quiet">{words.length === 0 ? '—' : words.join(' · ')}</span>;
};

const useDetailWords = (detail: Step['detail']): readonly string[] => {
  const { t } = useTranslation(['timeline', 'today', 'triage', 'reviews', 'person']);
  const { dateTime } = useFormats();
  const { version, round, action, code, until, dueAt, tells, from, to } = detail;
  const state = (name: string): string => t(`triage:states.${name}`, { defaultValue: name });
  const told: readonly (string | false)[] = [
    action !== undefined && t(`reviews:signed.${action}`, { defaultValue: action }),
    version !== undefined && t('version', { n: version }),
    round !== undefined && round > 1 && t('round', { n: round }),
    code !== undefined && t(`today:failures.${code}`, { defaultValue: code }),
    until !== undefined && t('until', { at: dateTime(until) }),
    dueAt !== undefined && t('due', { at: dateTime(dueAt) }),
    tells !== undefined && t('tells', { who: t(`person:roles.${tells}`, { defaultValue: tells }) }),
    to !== undefined && t('fromTo', { from: state(from ?? ''), to: state(to) }),
  ];
  return told.filter((word): word is string => word !== false);
};
