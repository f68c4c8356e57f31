import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../app/Field';
import { Choice } from './Choice';

type Known = 'none' | 'some';

const listOf = (typed: string): string[] => [
  ...new Set(
    typed
      .split(/[,，、;；]/)
      .map((one) => one.trim().slice(0, 100))
      .filter((one) => one !== ''),
  ),
];

/** Allergies: not asked, none known, or which. Nothing chosen stays "not asked", which is never "none". */
export const AllergiesField = ({
  allergies,
  onChange,
}: {
  readonly allergies: readonly string[] | null;
  readonly onChange: (allergies: readonly string[] | null) => void;
}) => {
  const { t } = useTranslation('assess');
  const [some, setSome] = useState(allergies !== null && allergies.length > 0);
  const [typed, setTyped] = useState((allergies ?? []).join('、'));
  const known: Known | null = some ? 'some' : allergies === null ? null : 'none';
  const choose = (next: Known | null): void => {
    setSome(next === 'some');
    const listed = listOf(typed);
    onChange(next === 'none' ? [] : next === 'some' && listed.length > 0 ? listed : null);
  };
  return (
    <div className="allergies">
      <Choice
        legend={t('allergies')}
        field="allergies"
        value={known}
        options={[
          { value: 'none', label: t('allergyNone'), letter: '0' },
          { value: 'some', label: t('allergySome'), letter: '1' },
        ]}
        onChange={choose}
      />
      {some && (
        <Field label={t('allergyWhich')}>
          {(id) => (
            <Input
              id={id}
              value={typed}
              maxLength={500}
              placeholder={t('allergyHint')}
              onChange={(event) => {
                setTyped(event.target.value);
                const listed = listOf(event.target.value).slice(0, 20);
                onChange(listed.length > 0 ? listed : null);
              }}
            />
          )}
        </Field>
      )}
    </div>
  );
};
