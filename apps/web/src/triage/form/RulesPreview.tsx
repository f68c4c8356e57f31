import { useTranslation } from 'react-i18next';
import { type TriageEvaluation } from '#libs/processes/triage/triage.rules';
import { useFormats } from '../../i18n/formats';
import { LevelBadge } from '../LevelBadge';
import { type FormEvaluation } from './use-evaluation';

/** What the rules say of the form: floor, score, what fired, what would change it, precautions. Never hidden. */
export const RulesPreview = ({
  answer,
  failed,
  current,
}: {
  readonly answer: FormEvaluation | null;
  readonly failed: boolean;
  readonly current: boolean;
}) => {
  const { t } = useTranslation('assess');
  const { text } = useFormats();
  const evaluation = answer?.evaluation ?? null;
  const floor = evaluation?.floor ?? null;
  return (
    <section className={current ? 'rules-preview card' : 'rules-preview card settling'} aria-label={t('rules')}>
      <h2>{t('rules')}</h2>
      {failed && <p className="doubt">{t('rulesAway')}</p>}
      <p aria-live="polite">
        {t('floor')} {floor === null ? <b>{t('noFloor')}</b> : <LevelBadge level={floor} />}
        {evaluation && evaluation.proposedLevel !== evaluation.floor && (
          <>
            {' '}
            {t('proposed')} <LevelBadge level={evaluation.proposedLevel} />
          </>
        )}
      </p>
      {evaluation && <Score evaluation={evaluation} />}
      {evaluation && <Findings evaluation={evaluation} />}
      <Precautions answer={answer} />
      {evaluation && evaluation.notices.length > 0 && (
        <ul className="quiet">
          {evaluation.notices.map((notice) => (
            <li key={notice.code}>{text(notice)}</li>
          ))}
        </ul>
      )}
    </section>
  );
};

const Score = ({ evaluation: { earlyWarning, levelPack } }: { readonly evaluation: TriageEvaluation }) => {
  const { t } = useTranslation('assess');
  if (earlyWarning === null) return <p className="quiet">{t('noScore', { table: levelPack.id })}</p>;
  const name = earlyWarning.packId.toUpperCase();
  return (
    <p>
      {name}{' '}
      <b className="number">
        {earlyWarning.incomplete ? t('atLeast', { n: earlyWarning.lowerBound }) : earlyWarning.score}
      </b>
      {earlyWarning.redScore && <span className="flag flag-warn"> {t('redScore')}</span>}
      {earlyWarning.incomplete && <span className="quiet"> {t('incomplete')}</span>}
    </p>
  );
};

const Findings = ({ evaluation }: { readonly evaluation: TriageEvaluation }) => {
  const { t } = useTranslation('assess');
  const { text } = useFormats();
  const { fired, proposals, floorCounterfactual } = evaluation;
  return (
    <>
      <ul aria-label={t('findings')}>
        {[...fired, ...proposals].map((finding) => (
          <li key={finding.ruleId}>{text(finding.text)}</li>
        ))}
      </ul>
      {fired.length + proposals.length === 0 && <p className="quiet">{t('noFindings')}</p>}
      {floorCounterfactual && <p className="quiet">{text(floorCounterfactual.text)}</p>}
    </>
  );
};

const Precautions = ({ answer }: { readonly answer: FormEvaluation | null }) => {
  const { t } = useTranslation('assess');
  const { text } = useFormats();
  const holding = (answer?.infection.precautions ?? []).filter(({ holds }) => holds);
  if (holding.length === 0) return null;
  return (
    <p className="flags">
      {t('precautions')}
      {holding.map((precaution) => (
        <span key={precaution.id} className="flag flag-warn">
          {text(precaution)}
        </span>
      ))}
    </p>
  );
};
