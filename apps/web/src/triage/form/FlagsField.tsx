import { Input } from 'antd';
import { type KeyboardEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { flagName } from '#libs/triage-desk/flag-names';
import { Field } from '../../app/Field';
import { useFormats } from '../../i18n/formats';
import { LevelBadge } from '../LevelBadge';
import { flagsFor } from './flag-search';

/** Flags and indicators, found by typing: Enter takes the one that is marked, Backspace in the empty field the last back. */
export const FlagsField = ({
  ticked,
  onChange,
}: {
  readonly ticked: readonly string[];
  readonly onChange: (ticked: readonly string[]) => void;
}) => {
  const { t } = useTranslation('assess');
  const { text } = useFormats();
  const list = useId();
  const [words, setWords] = useState('');
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const found = flagsFor(words, ticked);
  const current = found[Math.min(at, found.length - 1)];
  const take = (id: string): void => {
    onChange([...ticked, id]);
    setWords('');
    setAt(0);
  };
  const move = (by: number): void => {
    setAt(open ? Math.max(0, Math.min(at + by, found.length - 1)) : 0);
    setOpen(true);
  };
  /* What a key does here; null leaves it to the form: Enter then goes on to the next field. */
  const actionOf = (key: string): (() => void) | null => {
    if (key === 'ArrowDown') return () => move(1);
    if (key === 'ArrowUp') return () => move(-1);
    if (key === 'Escape') return open ? () => setOpen(false) : null;
    if (key === 'Backspace') return words === '' && ticked.length > 0 ? () => onChange(ticked.slice(0, -1)) : null;
    const marked = current && (words.trim() !== '' || (open && at > 0)) ? current : null;
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
    <div className="flag-field">
      <Field label={t('flags')}>
        {(id) => (
          <Input
            id={id}
            data-field="flags"
            role="combobox"
            aria-expanded={open}
            aria-controls={list}
            aria-activedescendant={open && current ? `${list}-${current.id}` : undefined}
            autoComplete="off"
            value={words}
            placeholder={t('flagsHint')}
            onChange={(event) => {
              setWords(event.target.value);
              setAt(0);
              setOpen(true);
            }}
            onKeyDown={onKeyDown}
            onClick={() => setOpen(true)}
            onBlur={() => setOpen(false)}
          />
        )}
      </Field>
      <ul id={list} role="listbox" aria-label={t('flags')} hidden={!open || found.length === 0}>
        {found.map((flag) => (
          <li
            key={flag.id}
            id={`${list}-${flag.id}`}
            role="option"
            aria-selected={flag === current}
            ref={(item) => (flag === current && open ? item?.scrollIntoView({ block: 'nearest' }) : undefined)}
            onMouseDown={(event) => {
              event.preventDefault();
              take(flag.id);
            }}
          >
            {text(flag.name)} {flag.level !== null && <LevelBadge level={flag.level} />}
          </li>
        ))}
      </ul>
      <Ticked ticked={ticked} onDrop={(id) => onChange(ticked.filter((one) => one !== id))} />
    </div>
  );
};

const Ticked = ({ ticked, onDrop }: { readonly ticked: readonly string[]; readonly onDrop: (id: string) => void }) => {
  const { t } = useTranslation('assess');
  const { text } = useFormats();
  if (ticked.length === 0) return null;
  return (
    <p className="flags">
      {ticked.map((id) => (
        <button key={id} type="button" className="flag" onClick={() => onDrop(id)}>
          {text(flagName(id))} <span aria-hidden>×</span>
          <span className="visually-hidden">{t('takeAway')}</span>
        </button>
      ))}
    </p>
  );
};
