import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type ProcessName } from '#libs/processes/index';
import { summed } from '../quality/agreement-sums';
import { percentOf } from '../quality/percent';
import { useAgreement } from '../quality/use-agreement';
import { Reading } from '../Reading';

/** How much was drafted in the last thirty days, never without how often people and drafts agreed. */
export const AgreementLine = ({ process }: { readonly process: ProcessName }) => {
  const { t } = useTranslation('automation');
  const { data, error, isPending } = useAgreement(process, 30);
  const sums = data && summed(data.rows);
  return (
    <footer className="agreement-line">
      <h3>{t('lastMonth')}</h3>
      <Reading pending={isPending} thrown={error} />
      {sums && sums.ownAndDraft.n === 0 && <p className="quiet">{t('notCompared', { n: sums.reviews })}</p>}
      {sums && sums.ownAndDraft.n > 0 && (
        <p>
          {t('agreed', {
            n: sums.reviews,
            drafted: percentOf(sums.offered, sums.reviews),
            compared: sums.ownAndDraft.n,
            same: percentOf(sums.ownAndDraft.same, sums.ownAndDraft.n),
            more: sums.ownAndDraft.moreUrgent,
            less: sums.ownAndDraft.lessUrgent,
          })}
        </p>
      )}
      <Link to="/admin/quality">{t('toQuality')}</Link>
    </footer>
  );
};
