interface NumberFieldProps {
  readonly value: number;
  readonly step: number;
  readonly label?: string;
  readonly onChange: (value: number) => void;
}

/** A number that is typed; what is no number changes nothing. */
export const NumberField = ({ value, step, label, onChange }: NumberFieldProps) => (
  <input
    type="number"
    className="plain-number"
    aria-label={label}
    step={step}
    value={value}
    onChange={({ target }) => {
      if (target.value !== '' && Number.isFinite(target.valueAsNumber)) onChange(target.valueAsNumber);
    }}
  />
);
