import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Field } from '../../app/Field';
import { type FieldPart, FieldTitle } from './field-part';
import { type FieldSpec } from './field-spec';
import { useFormParts } from './form-context';
import { useFaultText } from './use-fault-text';

type TypedSpec = Extract<FieldSpec, { kind: 'text' | 'number' }>;

/** A text, a number or a day, as it is typed. */
export const TypedField = ({ spec, entered, at, label, onChange }: FieldPart<TypedSpec>) => {
  const { t } = useTranslation('reviews');
  const { names } = useFormParts();
  const fault = useFaultText(at);
  const { kind, max } = spec;
  const min = kind === 'number' ? spec.min : undefined;
  const between = kind === 'number' && min !== undefined && max !== undefined ? t('form.between', { min, max }) : '';
  const common = {
    value: typeof entered === 'string' ? entered : '',
    required: spec.required && !spec.nullable,
    'aria-invalid': fault !== undefined,
    onChange: ({ target }: { readonly target: { readonly value: string } }) => onChange(target.value),
  };
  const isDay = kind === 'text' && spec.date;
  const isLong = !isDay && kind === 'text' && (max === undefined || max > 120);
  return (
    <div data-at={at}>
      <Field label={<FieldTitle spec={spec} label={label} />} hint={names.hint(spec) || between} fault={fault}>
        {(id) =>
          isLong ? (
            <Input.TextArea id={id} rows={2} maxLength={max} {...common} />
          ) : kind === 'number' ? (
            <Input id={id} inputMode="decimal" autoComplete="off" {...common} />
          ) : (
            <Input id={id} type={isDay ? 'date' : 'text'} maxLength={max} autoComplete="off" {...common} />
          )
        }
      </Field>
    </div>
  );
};
