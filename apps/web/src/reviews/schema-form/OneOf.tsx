import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../app/Field';
import { type FieldPart, FieldTitle } from './field-part';
import { type FieldSpec } from './field-spec';
import { useFormParts } from './form-context';
import { useFaultText } from './use-fault-text';

type ChoiceSpec = Extract<FieldSpec, { kind: 'choice' | 'flag' }>;

interface Option {
  readonly entered: string | boolean;
  readonly label: string;
}

const mostRadios = 6;

const useOptions = (spec: ChoiceSpec): readonly Option[] => {
  const { t } = useTranslation('reviews');
  const { names } = useFormParts();
  const optional = spec.nullable || !spec.required;
  const options: Option[] =
    spec.kind === 'flag'
      ? [true, false].map((entered) => ({ entered, label: t(entered ? 'form.yes' : 'form.no') }))
      : spec.values.map((value) => ({ entered: String(value), label: names.value(spec.path, value) }));
  // What the schema has a value for cannot be left empty; nothing is chosen beforehand otherwise.
  return optional && spec.initial === undefined ? [...options, { entered: '', label: t('form.none') }] : options;
};

/** One of several: native radios while they are few, a native select beyond that; a yes or no is never chosen beforehand. */
export const OneOf = ({ spec, entered = '', at, label, onChange }: FieldPart<ChoiceSpec>) => {
  const { names } = useFormParts();
  const options = useOptions(spec);
  const fault = useFaultText(at);
  const hint = names.hint(spec);
  const part = { spec, entered, at, onChange, options };
  if (options.length > mostRadios)
    return (
      <div data-at={at}>
        <Field label={<FieldTitle spec={spec} label={label} />} hint={hint} fault={fault}>
          {(id) => <Select id={id} {...part} />}
        </Field>
      </div>
    );
  return (
    <fieldset className={fault ? 'one-of field-fault' : 'one-of'} data-at={at}>
      <legend>
        <FieldTitle spec={spec} label={label} />
      </legend>
      <Radios {...part} />
      {fault ? <p role="alert">{fault}</p> : hint && <p className="quiet">{hint}</p>}
    </fieldset>
  );
};

type Choosing = FieldPart<ChoiceSpec> & { readonly options: readonly Option[] };

const Radios = ({ spec, entered, onChange, options }: Choosing) => {
  const name = useId();
  return (
    <div>
      {options.map((option) => (
        <label key={String(option.entered)} className={option.entered === entered ? 'chosen' : ''}>
          <input
            type="radio"
            name={name}
            value={String(option.entered)}
            checked={option.entered === entered}
            required={spec.required && !spec.nullable}
            onChange={() => onChange(option.entered)}
          />
          {option.label}
        </label>
      ))}
    </div>
  );
};

const Select = ({ id, entered, onChange, options }: Choosing & { readonly id: string }) => {
  const { t } = useTranslation('reviews');
  return (
    <select
      id={id}
      value={typeof entered === 'object' ? '' : String(entered)}
      onChange={({ target }) => onChange(target.value)}
    >
      {!options.some((option) => option.entered === '') && <option value="">{t('form.choose')}</option>}
      {options.map((option) => (
        <option key={String(option.entered)} value={String(option.entered)}>
          {option.label}
        </option>
      ))}
    </select>
  );
};
