import { Input } from 'antd';
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { Field } from '../../app/Field';
import './form.css';

interface Option {
  readonly id: string;
  readonly shown: ReactNode;
}

interface ComboboxProps {
  readonly label: string;
  readonly field: string;
  readonly words: string;
  readonly onWords: (words: string) => void;
  readonly options: readonly Option[];
  readonly onTake: (id: string) => void;
  /** The first option is marked as soon as there is one, so that Enter alone takes it. */
  readonly eager: boolean;
  readonly placeholder?: string;
  readonly maxLength?: number;
  /** What Backspace does in an empty field. */
  readonly onTakeBack?: () => void;
}

/** A field that finds while it is typed in: arrows mark, Enter takes what is marked or else goes on to the next field. */
export const Combobox = (props: ComboboxProps) => {
  const { label, field, words, onWords, options, onTake, eager, placeholder, maxLength, onTakeBack } = props;
  const list = useId();
  const [open, setOpen] = useState(false);
  const [moved, setMoved] = useState<number | null>(null);
  const at = Math.min(moved ?? (eager ? 0 : -1), options.length - 1);
  const shown = open && options.length > 0;
  const marked = shown ? options[at] : undefined;
  const take = (id: string): void => {
    setMoved(null);
    onTake(id);
  };
  const move = (by: number): void => {
    setMoved(shown ? Math.max(0, Math.min(at + by, options.length - 1)) : null);
    setOpen(true);
  };
  /* What a key does here; null leaves it to the form. */
  const actionOf = (key: string): (() => void) | null => {
    if (key === 'ArrowDown') return () => move(1);
    if (key === 'ArrowUp') return () => move(-1);
    if (key === 'Escape') return shown ? () => setOpen(false) : null;
    if (key === 'Backspace') return words === '' && onTakeBack ? onTakeBack : null;
    return key === 'Enter' && marked ? () => take(marked.id) : null;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.altKey) return;
    const act = actionOf(event.key);
    if (act === null) return;
    act();
    event.preventDefault();
  };
  return (
    <div className="combobox">
      <Field label={label}>
        {(id) => (
          <Input
            id={id}
            data-field={field}
            role="combobox"
            aria-expanded={shown}
            aria-controls={list}
            aria-activedescendant={marked ? `${list}-${marked.id}` : undefined}
            autoComplete="off"
            value={words}
            placeholder={placeholder}
            maxLength={maxLength}
            onChange={(event) => {
              onWords(event.target.value);
              setMoved(null);
              setOpen(true);
            }}
            onKeyDown={onKeyDown}
            onClick={() => setOpen(true)}
            onBlur={() => setOpen(false)}
          />
        )}
      </Field>
      <ul id={list} role="listbox" aria-label={label} hidden={!shown}>
        {options.map((option) => (
          <li
            key={option.id}
            id={`${list}-${option.id}`}
            role="option"
            aria-selected={option === marked}
            ref={(item) => (option === marked ? item?.scrollIntoView({ block: 'nearest' }) : undefined)}
            onMouseDown={(event) => {
              event.preventDefault();
              take(option.id);
            }}
          >
            {option.shown}
          </li>
        ))}
      </ul>
    </div>
  );
};
