import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useRepair } from './use-repairs';

/** What can be done for a case, and the way to what it went through. */
export const RepairButtons = ({ caseId, link = true }: { readonly caseId: string; readonly link?: boolean }) => {
  const { t } = useTranslation('ops');
  const { ask, repairing } = useRepair(caseId);
  return (
    <span className="row-actions">
      <Button onClick={() => ask('wake')} loading={repairing}>
        {t('repairs.wake.button')}
      </Button>
      <Button onClick={() => ask('restart')} disabled={repairing}>
        {t('repairs.restart.button')}
      </Button>
      {link && (
        <Link className="open-case" to={`/admin/cases/${caseId}`}>
          {t('openCase')}
        </Link>
      )}
    </span>
  );
};
