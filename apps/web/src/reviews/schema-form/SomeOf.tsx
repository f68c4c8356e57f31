import { type Entered } from './entry';
import { type FieldPart, FieldTitle } from './field-part';
import { type FieldSpec } from './field-spec';
import { useFormParts } from './form-context';
import { useFaultText } from './use-fault-text';

/** Any number of some: native boxes, kept in the order of the schema. */
export const SomeOf = ({ spec, entered, at, onChange }: FieldPart<Extract<FieldSpec, { kind: 'list' }>>) => {
  const { names } = useFormParts();
  const fault = useFaultText(at);
  const chosen: readonly Entered[] = Array.isArray(entered) ? entered : [];
  const values = spec.item.kind === 'choice' ? spec.item.values.map(String) : [];
  return (
    <fieldset className={fault ? 'one-of field-fault' : 'one-of'} data-at={at}>
      <legend>
        <FieldTitle spec={spec} />
      </legend>
      <div>
        {values.map((value) => (
          <label key={value} className={chosen.includes(value) ? 'chosen' : ''}>
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={({ target }) =>
                onChange(values.filter((one) => (one === value ? target.checked : chosen.includes(one))))
              }
            />
            {names.value(spec.path, value)}
          </label>
        ))}
      </div>
      {fault && <p role="alert">{fault}</p>}
    </fieldset>
  );
};
