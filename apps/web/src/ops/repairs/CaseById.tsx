import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Field } from '../../app/Field';
import { caseOf } from './case-of';

/** Opens what a case went through by its number, as logs and the audit name it. */
export const CaseById = () => {
  const { t } = useTranslation('ops');
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [refused, setRefused] = useState(false);
  const open = (): void => {
    const caseId = caseOf(`case:${typed.trim().toLowerCase()}`);
    setRefused(caseId === null);
    if (caseId !== null) void navigate(`/admin/cases/${caseId}`);
  };
  return (
    <form
      className="case-by-id"
      onSubmit={(event) => {
        event.preventDefault();
        open();
      }}
    >
      <Field label={t('caseById')} fault={refused && t('caseByIdFault')}>
        {(id) => <Input id={id} value={typed} maxLength={36} onChange={(event) => setTyped(event.target.value)} />}
      </Field>
      <Button htmlType="submit">{t('openCase')}</Button>
    </form>
  );
};
