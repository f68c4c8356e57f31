import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { ProblemText } from '../../app/ProblemText';
import { CaseActions } from './CaseActions';
import { CaseBanner } from './CaseBanner';
import { CaseRules } from './CaseRules';
import { Due } from './Due';
import { Precautions } from './Precautions';
import { Timeline } from './Timeline';
import { useCase } from './use-case';
import '../form/form.css';
import '../../reviews/reviews.css';
import '../acuity/acuity.css';
import './case.css';

/** One patient at the desk: where they stand, what may be done, and everything that happened with who did it. */
export const CaseScreen = () => {
  const { t } = useTranslation(['case', 'common']);
  const { id = '' } = useParams();
  const { data: view, error } = useCase(id);
  if (error && !view) return <Alert type="error" showIcon role="alert" title={<ProblemText thrown={error} />} />;
  if (!view) return <p className="quiet">{t('common:loading')}</p>;
  const { corrects, correctedBy } = view.links;
  return (
    <article className="case">
      <CaseBanner view={view} />
      {correctedBy !== null && (
        <Alert type="warning" title={<Link to={`/cases/${correctedBy}`}>{t('correctedBy')}</Link>} />
      )}
      {corrects !== null && <Alert type="info" title={<Link to={`/cases/${corrects}`}>{t('corrects')}</Link>} />}
      {view.disposition !== null && (
        <Alert type="info" title={t('ended', { how: t(`dispositions.${view.disposition}`) })} />
      )}
      <CaseActions view={view} />
      <div className="case-parts">
        <Timeline view={view} />
        <div className="case-aside">
          <CaseRules view={view} />
          <Precautions view={view} />
          <Due view={view} />
        </div>
      </div>
    </article>
  );
};
