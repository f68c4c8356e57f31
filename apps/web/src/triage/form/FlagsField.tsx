import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { flagName } from '#libs/triage-desk/flag-names';
import { useFormats } from '../../i18n/formats';
import { LevelBadge } from '../LevelBadge';
import { Combobox } from './Combobox';
import { flagsFor } from './flag-search';
import { useVocabulary } from './use-vocabulary';

/** Flags and indicators, found by words or initials: Enter takes the marked one, Backspace in the empty field the last back. */
export const FlagsField = ({
  ticked,
  onChange,
}: {
  readonly ticked: readonly string[];
  readonly onChange: (ticked: readonly string[]) => void;
}) => {
  const { t } = useTranslation('assess');
  const { text } = useFormats();
  const [words, setWords] = useState('');
  const found = flagsFor(words, ticked, useVocabulary().flags);
  const take = (id: string): void => {
    onChange([...ticked, id]);
    setWords('');
  };
  return (
    <div className="flag-field">
      <Combobox
        label={t('flags')}
        field="flags"
        words={words}
        onWords={setWords}
        options={found.map(({ id, name, level }) => ({
          id,
          shown: (
            <>
              {text(name)} {level !== null && <LevelBadge level={level} />}
            </>
          ),
        }))}
        onTake={take}
        eager={words.trim() !== ''}
        placeholder={t('flagsHint')}
        onTakeBack={() => onChange(ticked.slice(0, -1))}
      />
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
