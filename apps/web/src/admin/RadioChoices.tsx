import { type ReactNode, useId } from 'react';

/** A labelled group of native radio buttons, each with a line that says what it means. */
export const RadioChoices = <T extends string>({
  legend,
  options,
  value,
  onChange,
  disabled = false,
}: {
  readonly legend: ReactNode;
  readonly options: readonly { readonly value: T; readonly label: ReactNode; readonly hint?: ReactNode }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly disabled?: boolean;
}) => {
  const name = useId();
  return (
    <fieldset className="choices" disabled={disabled}>
      <legend>{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className={option.value === value ? 'chosen' : ''}>
          <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
          <span>{option.label}</span>
          {option.hint && <small>{option.hint}</small>}
        </label>
      ))}
    </fieldset>
  );
};
