import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { screeningQuestions } from '#libs/packs/infection-screening';
import { screeningAnswers } from '#libs/packs/pack.types';
import { useFormats } from '../../i18n/formats';
import { Choice } from './Choice';
import { type AssessmentEntry } from './entry';

/** The infection screening: each question yes, no, or not asked. "All others no" answers only what is open. */
export const ScreeningFields = ({
  screening,
  onChange,
}: {
  readonly screening: AssessmentEntry['screening'];
  readonly onChange: (screening: AssessmentEntry['screening']) => void;
}) => {
  const { t } = useTranslation('assess');
  const { text } = useFormats();
  const restNo = (): void =>
    onChange({ ...Object.fromEntries(screeningAnswers.map((id) => [id, 'no' as const])), ...screening });
  return (
    <section className="screening" aria-label={t('screening')}>
      <header>
        <h2>{t('screening')}</h2>
        <Button size="small" onClick={restNo} disabled={screeningAnswers.every((id) => screening[id] !== undefined)}>
          {t('restNo')}
        </Button>
      </header>
      {screeningAnswers.map((id) => (
        <Choice
          key={id}
          field={id}
          legend={text(screeningQuestions[id])}
          value={screening[id] ?? null}
          options={[
            { value: 'no', label: t('common:no'), letter: '0' },
            { value: 'yes', label: t('common:yes'), letter: '1' },
          ]}
          onChange={(answer) => {
            const { [id]: _before, ...others } = screening;
            onChange(answer === null ? others : { ...others, [id]: answer });
          }}
        />
      ))}
    </section>
  );
};
