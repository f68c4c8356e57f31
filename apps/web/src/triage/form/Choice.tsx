import { type KeyboardEvent, type ReactNode, useId } from 'react';
import './form.css';

/** One of the things to choose; `letter` chooses it while the group has the focus. */
export interface Option<V extends string> {
  readonly value: V;
  readonly label: ReactNode;
  readonly letter?: string;
}

/** A row of native radios: arrows or the printed letter choose, Delete takes the choice back where it may be left open. */
export const Choice = <V extends string>({
  legend,
  value,
  options,
  onChange,
  field,
}: {
  readonly legend: string;
  readonly value: V | null;
  readonly options: readonly Option<V>[];
  readonly onChange: (value: V | null) => void;
  readonly field: string;
}) => {
  const name = useId();
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.nativeEvent.isComposing) return;
    const chosen = options.find(({ letter }) => letter?.toLowerCase() === event.key.toLowerCase());
    if (chosen) onChange(chosen.value);
    else if (event.key === 'Delete' || event.key === 'Backspace') onChange(null);
    else return;
    event.preventDefault();
  };
  return (
    <fieldset className="choice" onKeyDown={onKeyDown} data-field={field}>
      <legend>{legend}</legend>
      <div>
        {options.map((option) => (
          <label key={option.value} className={option.value === value ? 'chosen' : ''}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            {option.label}
            {option.letter && (
              <kbd className="keys" aria-hidden>
                {option.letter}
              </kbd>
            )}
          </label>
        ))}
      </div>
    </fieldset>
  );
};
