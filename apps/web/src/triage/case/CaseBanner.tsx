import { useTranslation } from 'react-i18next';
import { type CaseView } from '../../api/types';
import { useFormats } from '../../i18n/formats';
import { useSession } from '../../session/session';
import { LevelBadge } from '../LevelBadge';
import { allergiesOf } from './timeline';

/** Whom the page is about, always in sight. */
export const CaseBanner = ({ view }: { readonly view: CaseView }) => {
  const { t } = useTranslation(['case', 'triage', 'queue', 'reviews']);
  const { text, minutes } = useFormats();
  const { wards } = useSession();
  const { patient } = view;
  const allergies = allergiesOf(view);
  const waited = minutes(view.waitedSeconds);
  const shown = view.limitSeconds === null ? waited : `${waited}/${minutes(view.limitSeconds)}`;
  return (
    <header className="banner">
      <b className="case-ticket">{t('ticket', { ticket: view.ticketNo })}</b>
      <h1>{patient.unidentified ? `${t('triage:unidentified')} · ${patient.name}` : patient.name}</h1>
      <span>
        {t(`triage:sexes.${patient.sex}`)} · {text(patient.age)}
        {patient.birthDate !== null && <span className="quiet"> {patient.birthDate}</span>}
      </span>
      <LevelBadge level={view.level} provisional={view.provisional} />
      <span>
        {t(`triage:states.${view.state}`)} {view.room}
      </span>
      <span className={view.overLimit ? 'waited over' : 'waited'}>
        {t('waited', { n: shown })} {view.overLimit && <b>{t('queue:over')}</b>}
      </span>
      <span>{wards.find(({ id }) => id === view.wardId)?.name}</span>
      <span className="flag">{t('reviews:noBed')}</span>
      <span className={allergies && allergies.length > 0 ? 'flag flag-warn' : 'flag'}>
        {allergies === null
          ? t('reviews:allergiesNotAsked')
          : allergies.length === 0
            ? t('triage:allergies.none')
            : t('triage:allergies.some', { what: allergies.join('、') })}
      </span>
      {patient.identifiers.map(({ authority, type, value }) => (
        <span key={`${authority}${type}${value}`} className="quiet">
          {t(`kinds.${type}`, { defaultValue: type })} {value}
        </span>
      ))}
      {view.visit.number !== null && <span className="quiet">{t('visit', { number: view.visit.number })}</span>}
    </header>
  );
};
