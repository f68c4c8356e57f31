import { Input } from 'antd';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../app/Field';
import { type PanelPart } from '../../reviews/panel';
import { choices } from '../level';
import { LevelBadge } from '../LevelBadge';
import { type AcuityEntry } from './entry';
import './acuity.css';

/** The nurse's own level, by mouse or by the number keys within the group; where to, and a note. */
export const AcuityForm = ({ review, content, onChange }: PanelPart<AcuityEntry>) => {
  const { t } = useTranslation('triage');
  const hint = review.mode === 'manual' ? 'ownHintManual' : 'ownHint';
  return (
    <div className="acuity-form">
      <LevelChoice
        value={content.level}
        onChange={(level) => onChange({ ...content, level })}
        hint={review.judgement === null ? t(`acuity.${hint}`, { last: choices.length }) : null}
      />
      <Field label={t('acuity.department')} hint={t('acuity.departmentHint')}>
        {(id) => (
          <Input
            id={id}
            maxLength={60}
            value={content.department}
            onChange={(event) => onChange({ ...content, department: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('acuity.note')}>
        {(id) => (
          <Input.TextArea
            id={id}
            maxLength={2000}
            rows={2}
            value={content.note}
            onChange={(event) => onChange({ ...content, note: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
};

interface LevelChoiceProps {
  readonly value: AcuityEntry['level'];
  readonly onChange: (level: NonNullable<AcuityEntry['level']>) => void;
  readonly hint: string | null;
}

const LevelChoice = ({ value, onChange, hint }: LevelChoiceProps) => {
  const { t } = useTranslation('triage');
  const group = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    group.current?.querySelector<HTMLInputElement>('input:checked, input')?.focus();
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.nativeEvent.isComposing) return;
    const level = choices[Number(event.key) - 1];
    if (level === undefined) return;
    event.preventDefault();
    onChange(level);
    group.current?.querySelector<HTMLInputElement>(`input[value="${level}"]`)?.focus();
  };
  return (
    <fieldset ref={group} className="level-choice" onKeyDown={onKeyDown}>
      <legend>{t('acuity.level')}</legend>
      {choices.map((level, index) => (
        <label key={level} className={level === value ? 'chosen' : ''}>
          <input type="radio" name="level" value={level} checked={level === value} onChange={() => onChange(level)} />
          <LevelBadge level={level} />
          <kbd className="keys" aria-hidden>
            {index + 1}
          </kbd>
        </label>
      ))}
      {hint && <p className="quiet">{hint}</p>}
    </fieldset>
  );
};
