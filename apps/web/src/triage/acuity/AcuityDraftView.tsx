import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/formats';
import { type PanelPart } from '../../reviews/panel';
import { levelInfo } from '../level';
import { LevelBadge } from '../LevelBadge';
import { acuityDraftOf, type AcuityEntry } from './entry';

/** The draft beside the nurse's own level: one quiet line when they agree, the model's prose on request when not. */
export const AcuityDraftView = ({ review, content, onChange }: PanelPart<AcuityEntry>) => {
  const { t } = useTranslation('triage');
  const { text } = useFormats();
  const draft = acuityDraftOf(review);
  if (draft === null) return null;
  const named = (level: string | null): string => {
    const info = levelInfo(level);
    return info ? `${info.numeral} ${text(info.name)}` : t('noLevel');
  };
  const open = review.state === 'open';
  const agrees = draft.level !== null && draft.level === content.level;
  return (
    <div className="acuity-draft">
      {draft.level === null ? (
        <p className="acuity-disagree">{t('acuity.floorApplies')}</p>
      ) : agrees ? (
        <p>{t('acuity.agree', { level: named(draft.level) })}</p>
      ) : (
        <p className="acuity-disagree">
          {t(open ? 'acuity.disagree' : 'acuity.disagreed', { own: named(content.level), draft: named(draft.level) })}
        </p>
      )}
      {open && draft.department !== null && draft.department !== content.department && (
        <Button size="small" onClick={() => onChange({ ...content, department: draft.department ?? '' })}>
          {t('acuity.takeDepartment', { department: draft.department })}
        </Button>
      )}
      {draft.redFlags.length > 0 && (
        <p>
          <b>{t('acuity.redFlags')}</b> {draft.redFlags.map(text).join('；')}
        </p>
      )}
      <details>
        <summary>{t('acuity.prose')}</summary>
        <p>
          {t('acuity.draftLevel')} <LevelBadge level={draft.level} />
        </p>
        <ul>
          {draft.reasons.map((reason, index) => (
            <li key={index}>
              {text(reason)}{' '}
              {reason.supported ? <q>{reason.quote}</q> : <b className="unsupported">{t('acuity.unsupported')}</b>}
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
};
