import { useTranslation } from 'react-i18next';
import { type TriageEvaluation } from '#libs/processes/triage/triage.rules';
import { type CaseView } from '../../api/types';
import { useFormats } from '../../i18n/formats';
import { LevelBadge } from '../LevelBadge';

/** What the rules say of the latest assessment and what they would ask; rules are never hidden. */
export const CaseRules = ({ view }: { readonly view: CaseView }) => {
  const { t } = useTranslation('assess');
  const { text } = useFormats();
  const rules = view.evaluation as unknown as TriageEvaluation | null;
  const findings = rules ? [...rules.fired, ...rules.proposals] : [];
  return (
    <section className="card case-part">
      <h2>{t('rules')}</h2>
      <p>
        {t('floor')}{' '}
        {view.floor === null ? <span className="quiet">{t('noFloor')}</span> : <LevelBadge level={view.floor} />}
      </p>
      {findings.length > 0 && (
        <ul>
          {findings.map((finding) => (
            <li key={finding.ruleId}>{text(finding.text)}</li>
          ))}
        </ul>
      )}
      {view.questions.length > 0 && (
        <>
          <h3>{t('questions')}</h3>
          <ul>
            {view.questions.map((question) => (
              <li key={question.id}>{text(question)}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
};
