import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../session/session';
import { ExportDialog } from '../exports/ExportDialog';
import { MoreButton } from '../MoreButton';
import { Reading } from '../Reading';
import { auditFilter, type AuditFilter, type AuditForm, emptyForm } from './audit-form';
import { AuditSearch } from './AuditSearch';
import { AuditTable } from './AuditTable';
import { useAudit } from './use-audit';
import '../admin.css';
import './audit.css';

/** Who saw and did what; the search itself is audited too. */
export const AuditScreen = () => {
  const { t } = useTranslation('audit');
  const { timeZone } = useSession().organisation;
  const [form, setForm] = useState(emptyForm);
  const [search, setSearch] = useState<{ filter: AuditFilter; asked: number }>({ filter: {}, asked: 0 });
  const [exporting, setExporting] = useState(false);
  const rows = useAudit(search.filter, search.asked);
  const searchFor = (next: AuditForm): void => {
    setForm(next);
    setSearch(({ asked }) => ({ filter: auditFilter(next, timeZone), asked: asked + 1 }));
  };
  return (
    <section className="admin">
      <header>
        <h1>{t('title')}</h1>
        <p className="lead quiet">{t('lead')}</p>
        <Button disabled={rows.items.length === 0} onClick={() => setExporting(true)}>
          {t('export')}
        </Button>
      </header>
      <AuditSearch form={form} onChange={setForm} searching={rows.isFetching} onSearch={searchFor} />
      <Reading pending={rows.isPending} thrown={rows.error} />
      {rows.data &&
        (rows.items.length > 0 ? (
          <AuditTable rows={rows.items} narrow={(by) => searchFor({ ...form, ...by })} />
        ) : (
          <p className="admin-empty">{t('empty')}</p>
        ))}
      <MoreButton pages={rows} />
      {exporting && <ExportDialog ask={{ kind: 'audit', filter: search.filter }} onClose={() => setExporting(false)} />}
    </section>
  );
};
