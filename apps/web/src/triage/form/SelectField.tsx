import { Field } from '../../app/Field';
import './form.css';

/** One of a list, as a native select: arrows and letters choose, and Enter goes on to the next field. */
export const SelectField = ({
  label,
  field,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly field: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onChange: (value: string) => void;
}) => (
  <Field label={label}>
    {(id) => (
      <select
        id={id}
        data-field={field}
        className="native-select"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map(([one, shown]) => (
          <option key={one} value={one}>
            {shown}
          </option>
        ))}
      </select>
    )}
  </Field>
);
