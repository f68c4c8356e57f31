import { useTranslation } from 'react-i18next';
import { type Reconciliation } from '../../api/types';
import { Reading } from '../../app/Reading';
import { useFormats } from '../../i18n/formats';
import { useReconciliation } from '../use-operations';
import { CaseById } from './CaseById';
import { OutboxDead } from './OutboxDead';
import { RepairButtons } from './RepairButtons';

/** Where what people decided and what was carried out differ, and what to do about it. */
export const Repairs = () => {
  const { t } = useTranslation('ops');
  const query = useReconciliation();
  return (
    <>
      <p className="quiet ops-intro">{t('repairsHint')}</p>
      <Reading query={query}>
        {({ uncommitted, alarms }) => (
          <>
            <Uncommitted rows={uncommitted} />
            <Alarms rows={alarms} />
          </>
        )}
      </Reading>
      <OutboxDead />
      <CaseById />
    </>
  );
};

const Uncommitted = ({ rows }: { readonly rows: Reconciliation['uncommitted'] }) => {
  const { t } = useTranslation('ops');
  const { dateTime } = useFormats();
  return (
    <section className="card" aria-label={t('uncommittedTitle')}>
      <h2>{t('uncommittedTitle')}</h2>
      {rows.length === 0 ? (
        <p>{t('noUncommitted')}</p>
      ) : (
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('repairColumns.decidedAt')}</th>
              <th scope="col">{t('repairColumns.process')}</th>
              <th scope="col">{t('repairColumns.actions')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ decisionId, caseId, process, decidedAt }) => (
              <tr key={decisionId}>
                <th scope="row">{dateTime(decidedAt)}</th>
                <td>{t(`processes.${process}`, { defaultValue: process })}</td>
                <td>
                  <RepairButtons caseId={caseId} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
};

const Alarms = ({ rows }: { readonly rows: Reconciliation['alarms'] }) => {
  const { t } = useTranslation('ops');
  const { dateTime } = useFormats();
  return (
    <section className="card" aria-label={t('alarmsTitle')}>
      <h2>{t('alarmsTitle')}</h2>
      {rows.length === 0 ? (
        <p>{t('noAlarms')}</p>
      ) : (
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('repairColumns.toldAt')}</th>
              <th scope="col">{t('repairColumns.what')}</th>
              <th scope="col">{t('repairColumns.actions')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, kind, caseId, createdAt }) => (
              <tr key={id}>
                <th scope="row">{dateTime(createdAt)}</th>
                <td>{t(`alarms.${kind}`, { defaultValue: kind })}</td>
                <td>{caseId === null ? '—' : <RepairButtons caseId={caseId} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
};
