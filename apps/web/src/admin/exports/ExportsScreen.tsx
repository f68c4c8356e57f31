import { Button, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { processNames } from '#libs/processes/index';
import { Field } from '../../app/Field';
import { useSession } from '../../session/session';
import { localTime } from '../local-time';
import { type ExportAsk } from './export';
import { ExportDialog } from './ExportDialog';
import { type ExportForm, exportAsk, exportFault } from './export-form';
import { ExportPeriod } from './ExportPeriod';
import '../admin.css';

/** Rows that leave the product for a purpose: how patients moved through the queue, and how often people and drafts agreed. */
export const ExportsScreen = () => {
  const { t } = useTranslation(['exports', 'admin']);
  const { wards, organisation } = useSession();
  const [form, setForm] = useState<ExportForm>(() => lastMonth(organisation.timeZone));
  const [ask, setAsk] = useState<ExportAsk | null>(null);
  const fault = exportFault(form);
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (fault === null) setAsk(exportAsk(form, organisation.timeZone));
  };
  return (
    <section className="admin">
      <header>
        <h1>{t('title')}</h1>
        <p className="lead quiet">{t('lead')}</p>
      </header>
      <form className="card admin-filters" onSubmit={onSubmit} aria-label={t('title')}>
        <Field label={t('kind')}>
          {(id) => (
            <Select
              id={id}
              value={form.kind}
              onChange={(kind) => setForm({ ...form, kind })}
              options={(['queue-history', 'agreement'] as const).map((value) => ({
                value,
                label: t(`kinds.${value}`),
              }))}
            />
          )}
        </Field>
        <ExportPeriod form={form} fault={fault} onChange={setForm} />
        {form.kind === 'queue-history' ? (
          <Field label={t('ward')}>
            {(id) => (
              <Select
                id={id}
                value={form.wardId}
                onChange={(wardId) => setForm({ ...form, wardId })}
                options={[
                  { value: '', label: t('everyWard') },
                  ...wards.map(({ id: value, name: label }) => ({ value, label })),
                ]}
              />
            )}
          </Field>
        ) : (
          <Field label={t('process')}>
            {(id) => (
              <Select
                id={id}
                value={form.process}
                onChange={(process) => setForm({ ...form, process })}
                options={processNames.map((value) => ({ value, label: t(`admin:processes.${value}`) }))}
              />
            )}
          </Field>
        )}
        <div className="admin-actions">
          <Button type="primary" htmlType="submit" disabled={fault !== null}>
            {t('count')}
          </Button>
        </div>
      </form>
      <p className="quiet">{t('auditElsewhere')}</p>
      {ask && <ExportDialog ask={ask} onClose={() => setAsk(null)} />}
    </section>
  );
};

const lastMonth = (timeZone: string): ExportForm => ({
  kind: 'queue-history',
  from: localTime(Date.now() - 30 * 24 * 3_600_000, timeZone),
  to: '',
  wardId: '',
  process: processNames[0] ?? 'triage',
});
