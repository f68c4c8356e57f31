import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/formats';
import { type AuditForm } from './audit-form';
import { type AuditRow } from './use-audit';

type Narrow = (by: Partial<Pick<AuditForm, 'actor' | 'caseId'>>) => void;

/** The rows, newest first; what else is known of one opens below it, with the ways to its person and its case. */
export const AuditTable = ({ rows, narrow }: { readonly rows: readonly AuditRow[]; readonly narrow: Narrow }) => {
  const { t } = useTranslation('audit');
  return (
    <div className="admin-scroll">
      <table className="admin-table">
        <thead>
          <tr>
            <th scope="col">{t('at')}</th>
            <th scope="col">{t('who')}</th>
            <th scope="col">{t('what')}</th>
            <th scope="col">{t('outcome')}</th>
            <th scope="col">{t('concerns')}</th>
            <th scope="col">{t('details')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <AuditLine key={row.id} row={row} narrow={narrow} />
          ))}
        </tbody>
      </table>
    </div>
  );
};

const tones = { done: 'state-good', refused: 'state-alert', shown: '', alarm: 'state-alert' } as const;

/** An action in words; what has none yet stands as it is. */
const useActionName = () => {
  const { t } = useTranslation('audit');
  return (action: string): string => t(`actions.${action.replaceAll(/[.: /]/g, '_')}`, { defaultValue: '' });
};

const AuditLine = ({ row, narrow }: { readonly row: AuditRow; readonly narrow: Narrow }) => {
  const { t } = useTranslation(['audit', 'person']);
  const { dateTime, exactTime } = useFormats();
  const actionName = useActionName();
  const [open, setOpen] = useState(false);
  const name = actionName(row.action);
  const who = row.actorKind === 'user' || row.actorKind === 'service' ? row.actorName : t(`kinds.${row.actorKind}`);
  return (
    <>
      <tr>
        <td className="number">
          {dateTime(row.at).slice(0, 10)} {exactTime(row.at)}
        </td>
        <th scope="row">
          {who}
          <br />
          <small className="quiet">
            {row.actorRoles.map((role) => t(`person:roles.${role}`, { defaultValue: role })).join(' · ')}
          </small>
        </th>
        <td>
          {name === '' ? <code>{row.action}</code> : name}
          {name !== '' && (
            <>
              <br />
              <small className="quiet">{row.action}</small>
            </>
          )}
        </td>
        <td>
          <span className={`state ${tones[row.outcome]}`}>{t(`outcomes.${row.outcome}`)}</span>
          {row.code !== null && (
            <>
              <br />
              <small className="quiet">{row.code}</small>
            </>
          )}
        </td>
        <td>
          {t(`entities.${row.entityType}`, { defaultValue: row.entityType })}
          {row.caseIds.length > 0 && (
            <>
              <br />
              <small className="quiet">{t('cases', { n: row.caseIds.length })}</small>
            </>
          )}
        </td>
        <td>
          <Button aria-expanded={open} onClick={() => setOpen(!open)}>
            {t(open ? 'less' : 'details')}
          </Button>
        </td>
      </tr>
      {open && (
        <tr>
          <td colSpan={6}>
            <AuditDetail row={row} narrow={narrow} />
          </td>
        </tr>
      )}
    </>
  );
};

const AuditDetail = ({ row, narrow }: { readonly row: AuditRow; readonly narrow: Narrow }) => {
  const { t } = useTranslation('audit');
  const { actorId, actorName: name, caseIds } = row;
  const facts: readonly (readonly [string, string | null])[] = [
    ['id', row.id],
    ['requestId', row.requestId],
    ['actorId', row.actorId],
    ['entityId', row.entityId],
    ['caseIds', row.caseIds.length === 0 ? null : row.caseIds.join('\n')],
    ['before', row.beforeSha256],
    ['after', row.afterSha256],
    ...Object.entries(row.detail).map(
      ([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value, null, 1)] as const,
    ),
  ];
  return (
    <>
      <div className="admin-actions">
        {actorId !== null && (
          <Button onClick={() => narrow({ actor: { id: actorId, name } })}>{t('onlyBy', { name })}</Button>
        )}
        {caseIds.length === 1 && <Button onClick={() => narrow({ caseId: caseIds[0] ?? '' })}>{t('onlyCase')}</Button>}
      </div>
      <dl className="audit-detail">
        {facts
          .filter(([, value]) => value !== null)
          .map(([key, value]) => (
            <div key={key}>
              <dt>{t(`facts.${key}`, { defaultValue: key })}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </>
  );
};
