import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { precautionNames } from '#libs/packs/infection-screening';
import { type Precaution } from '#libs/packs/pack.types';
import { type Assessment } from '#libs/processes/triage/triage.assessment';
import { flagName } from '#libs/triage-desk/flag-names';
import { type CaseView } from '../../api/types';
import { useFormats } from '../../i18n/formats';
import { AcuityLine } from '../acuity/AcuityLine';
import { Vitals } from '../acuity/Vitals';
import { LevelBadge } from '../LevelBadge';
import { type Happened, timelineOf } from './timeline';

/** Everything that happened to the patient and who did it, the newest first. */
export const Timeline = ({ view }: { readonly view: CaseView }) => {
  const { t } = useTranslation('case');
  const { dateTime } = useFormats();
  return (
    <section className="card case-part">
      <h2>{t('timeline')}</h2>
      <ol className="timeline">
        {timelineOf(view).map((one) => (
          <li key={one.id}>
            <time dateTime={one.at}>{dateTime(one.at)}</time>
            <div>
              <What one={one} />
              {one.by !== null && <span className="quiet"> {t(`machines.${one.by}`, { defaultValue: one.by })}</span>}
              <Details one={one} />
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
};

const What = ({ one }: { readonly one: Happened }): ReactNode => {
  const { t } = useTranslation(['case', 'triage', 'reviews', 'notices', 'tasks']);
  switch (one.kind) {
    case 'fact':
      return <b>{t(`facts.${one.fact.kind}`, { defaultValue: one.fact.kind })}</b>;
    case 'move':
      return (
        <b>
          {t(one.move.undoes === null ? 'moved' : 'moveUndone', {
            move: t(`triage:moves.${one.move.move}`, { defaultValue: t('undoing') }),
            state: t(`triage:states.${one.move.to}`),
          })}
          {one.move.undone && ` ${t('wasUndone')}`}
        </b>
      );
    case 'opened':
      return (
        <>
          <b>{t('reviewOpened', { round: one.review.round })}</b>{' '}
          <Link to={`/reviews/${one.review.id}`}>{t('see')}</Link>
        </>
      );
    case 'withdrawn':
      return <b>{t('reviewWithdrawn', { round: one.review.round })}</b>;
    case 'decided':
      return <b>{t(`reviews:signed.${one.decision.action}`)}</b>;
    case 'task':
      return <b>{t('taskDone', { what: t(`tasks:kinds.${one.task.kind}`, { defaultValue: one.task.kind }) })}</b>;
    case 'notice':
      return <b>{t('noticed', { what: t(`notices:kinds.${one.notice.kind}`, { defaultValue: one.notice.kind }) })}</b>;
  }
};

const Details = ({ one }: { readonly one: Happened }): ReactNode => {
  const { t } = useTranslation(['case', 'person', 'reviews']);
  if (one.kind === 'move' && one.move.reason !== null) return <p>{t('because', { reason: one.move.reason })}</p>;
  if (one.kind === 'opened' && one.review.floor !== null)
    return (
      <p>
        {t('floorThen')} <LevelBadge level={one.review.floor} />
      </p>
    );
  if (one.kind === 'decided') {
    const { decision } = one;
    return (
      <p>
        <AcuityLine content={decision.content} /> <span className="quiet">{t(`person:roles.${decision.role}`)}</span>
        {decision.secondBy !== null && <span> {t('second', { name: decision.secondBy })}</span>}
        {decision.reasonCode !== null && (
          <span> {t('because', { reason: t(`reviews:reasons.${decision.reasonCode}`) })}</span>
        )}
      </p>
    );
  }
  return one.kind === 'fact' ? <FactDetails fact={one.fact} /> : null;
};

interface ScreeningContent {
  readonly override?: { readonly precaution: Precaution; readonly holds: boolean; readonly reason: string };
  readonly answers?: Readonly<Record<string, boolean>>;
}

const FactDetails = ({ fact }: { readonly fact: CaseView['facts'][number] }): ReactNode => {
  const { t } = useTranslation(['case', 'triage', 'common']);
  const { text } = useFormats();
  if (fact.kind === 'assessment')
    return <AssessmentDetails content={fact.content as Assessment} source={fact.source} />;
  if (fact.kind !== 'screening') return null;
  const { override, answers } = fact.content as ScreeningContent;
  if (override)
    return (
      <p>
        {t(override.holds ? 'raised' : 'lifted', { what: text(precautionNames[override.precaution]) })}{' '}
        {t('because', { reason: override.reason })}
      </p>
    );
  return (
    <p>
      {Object.entries(answers ?? {})
        .map(([id, yes]) => `${text(flagName(id))} ${t(yes ? 'common:yes' : 'common:no')}`)
        .join('；')}
    </p>
  );
};

const AssessmentDetails = ({ content, source }: { readonly content: Assessment; readonly source: string }) => {
  const { t } = useTranslation('triage');
  const { text } = useFormats();
  const { indicators = [], ...ticked } = content.flags;
  const named = [...indicators, ...Object.entries(ticked).flatMap(([name, on]) => (on === true ? [name] : []))];
  return (
    <>
      {source !== 'person' && <span className="flag">{t(`sources.${source}`)}</span>}
      {content.complaint !== '' && <p className="complaint">{content.complaint}</p>}
      {Object.keys(content.vitals).length > 0 && <Vitals vitals={content.vitals} />}
      {named.length > 0 && (
        <p className="flags">
          {named.map((name) => (
            <span key={name} className="flag">
              {text(flagName(name))}
            </span>
          ))}
        </p>
      )}
    </>
  );
};
