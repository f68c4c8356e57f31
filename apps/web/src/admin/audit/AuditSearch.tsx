import { Button, Input, Select } from 'antd';
import { type FormEvent, type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../app/Field';
import { type AuditFault, auditFaults, type AuditForm, emptyForm, type TextField } from './audit-form';

const outcomes = ['done', 'refused', 'shown', 'alarm'] as const;
/* What auditors ask for most; anything else is typed as it stands in the rows. */
const actions = [
  'rule-packs.edit',
  'rule-packs.approve',
  'rule-packs.roll-back',
  'rollout.set',
  'manual-switch.set',
  'manual-switch.ended',
  'user.added',
  'user.role-granted',
  'user.role-revoked',
  'service-account.added',
  'auth.login',
  'review.shown',
  'review.manual',
  'review.approve',
  'review.amend',
  'triage.register',
  'patient.update',
  'audit.shown',
] as const;

interface AuditSearchProps {
  readonly form: AuditForm;
  readonly onChange: (form: AuditForm) => void;
  readonly onSearch: (form: AuditForm) => void;
  readonly searching: boolean;
}

/** What to search for; kept on the page and in no address. */
export const AuditSearch = ({ form, onChange, onSearch, searching }: AuditSearchProps) => {
  const { t } = useTranslation('audit');
  const list = useId();
  const faults = auditFaults(form);
  const said = (fault: AuditFault): ReactNode => (faults.includes(fault) ? t(`faults.${fault}`) : null);
  const text = (name: TextField, more: { type?: string; fault?: AuditFault; list?: string } = {}) => (
    <Field label={t(`fields.${name}`)} fault={more.fault && said(more.fault)}>
      {(id) => (
        <Input
          id={id}
          autoComplete="off"
          maxLength={100}
          type={more.type ?? 'text'}
          list={more.list}
          value={form[name]}
          onChange={({ target }) => onChange({ ...form, [name]: target.value })}
        />
      )}
    </Field>
  );
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (faults.length === 0) onSearch(form);
  };
  return (
    <form className="card admin-filters audit-search" onSubmit={onSubmit} role="search" aria-label={t('title')}>
      {text('from', { type: 'datetime-local' })}
      {text('to', { type: 'datetime-local', fault: 'times' })}
      {text('action', { list, fault: 'action' })}
      <datalist id={list}>
        {actions.map((action) => (
          <option key={action} value={action}>
            {t(`actions.${action.replaceAll('.', '_')}`)}
          </option>
        ))}
      </datalist>
      <Field label={t('fields.outcome')}>
        {(id) => (
          <Select
            id={id}
            value={form.outcome}
            onChange={(outcome) => onChange({ ...form, outcome })}
            options={[
              { value: '', label: t('any') },
              ...outcomes.map((value) => ({ value, label: t(`outcomes.${value}`) })),
            ]}
          />
        )}
      </Field>
      {text('who')}
      {text('ticketNo', { fault: 'ticket' })}
      {text('ticketDay', { type: 'date' })}
      {text('visitNumber')}
      {text('caseId', { fault: 'case' })}
      {form.actor && (
        <p>
          {t('onlyBy', { name: form.actor.name })}{' '}
          <Button onClick={() => onSearch({ ...form, actor: null })}>{t('everybody')}</Button>
        </p>
      )}
      <div className="admin-actions">
        <Button type="primary" htmlType="submit" loading={searching} disabled={faults.length > 0}>
          {t('search')}
        </Button>
        <Button onClick={() => onSearch(emptyForm)}>{t('clear')}</Button>
      </div>
    </form>
  );
};
