import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Field } from '../../app/Field';
import { type ExportForm } from './export-form';

/** From when to when, on the hospital's clock; an open end is now. */
export const ExportPeriod = ({
  form,
  fault,
  onChange,
}: {
  readonly form: ExportForm;
  readonly fault: 'times' | null;
  readonly onChange: (form: ExportForm) => void;
}) => {
  const { t } = useTranslation('exports');
  const time = (name: 'from' | 'to') => (
    <Field label={t(name)} fault={name === 'to' && fault !== null && t('faults.times')}>
      {(id) => (
        <Input
          id={id}
          type="datetime-local"
          value={form[name]}
          onChange={({ target }) => onChange({ ...form, [name]: target.value })}
        />
      )}
    </Field>
  );
  return (
    <>
      {time('from')}
      {time('to')}
    </>
  );
};
