import { Input, Modal } from 'antd';
import { type KeyboardEvent, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemText } from '../app/ProblemText';
import { useSession } from '../session/session';
import { useScans } from './ScannerGuard';
import { useEntries } from './use-entries';
import { useShortcut } from './use-shortcut';
import './palette.css';

/** `Ctrl+K`: goes anywhere by a few letters; a scanned wristband opens it with what was scanned. */
export const Palette = () => {
  const { t } = useTranslation('keys');
  const [open, setOpen] = useState(false);
  const [words, setWords] = useState('');
  const { locked } = useSession();
  const show = useCallback(
    (first: string): void => {
      if (locked) return;
      setWords(first);
      setOpen(true);
    },
    [locked],
  );
  useShortcut('palette', () => show(''));
  useShortcut('search', () => show(''));
  useScans(show);
  const close = (): void => setOpen(false);
  return (
    <Modal open={open} onCancel={close} footer={null} title={t('palette')} destroyOnHidden width={560}>
      <PaletteList words={words} setWords={setWords} close={close} />
    </Modal>
  );
};

const PaletteList = ({
  words,
  setWords,
  close,
}: {
  readonly words: string;
  readonly setWords: (words: string) => void;
  readonly close: () => void;
}) => {
  const { t } = useTranslation('keys');
  const [at, setAt] = useState(0);
  const { entries, searching, error } = useEntries(words, close);
  const chosen = Math.min(at, entries.length - 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setAt(Math.min(chosen + 1, entries.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(chosen - 1, 0));
    else if (event.key === 'Enter') entries[chosen]?.go();
    else return;
    event.preventDefault();
  };
  return (
    <div className="palette">
      <Input
        autoFocus
        value={words}
        placeholder={t('paletteHint')}
        role="combobox"
        aria-expanded
        aria-controls="palette-entries"
        aria-activedescendant={entries[chosen] && `palette-${entries[chosen].id}`}
        aria-label={t('palette')}
        onChange={(event) => {
          setWords(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id="palette-entries" role="listbox" aria-label={t('palette')}>
        {entries.map(({ id, label, detail, go }, index) => (
          <li key={id} id={`palette-${id}`} role="option" aria-selected={index === chosen} onClick={go}>
            {label} <span className="quiet">{detail}</span>
          </li>
        ))}
      </ul>
      <p className="quiet" role="status">
        {error ? <ProblemText thrown={error} /> : entries.length === 0 && t(searching ? 'searching' : 'nothingFound')}
      </p>
    </div>
  );
};
