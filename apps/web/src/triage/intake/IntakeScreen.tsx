import { Alert, App, Button } from 'antd';
import { type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemText } from '../../app/ProblemText';
import { KeyHint } from '../../keys/KeyHint';
import { useShortcut } from '../../keys/use-shortcut';
import { AssessmentFields } from '../form/AssessmentFields';
import { MissingList } from '../form/MissingList';
import { missingOfAssessment, missingOfPatient } from '../form/missing';
import { RulesPreview } from '../form/RulesPreview';
import { useEvaluation } from '../form/use-evaluation';
import { walkOnEnter } from '../form/use-enter-walk';
import { ageOf, isBlank } from './entry';
import { PatientFields } from './PatientFields';
import { ResusButton } from './ResusButton';
import { UnsentForms } from './UnsentForms';
import { useIntake } from './use-intake';
import './intake.css';

/** Somebody arrives: who, why, how they are. The rules speak while it is typed; nothing is asked twice. */
export const IntakeScreen = () => {
  const { t } = useTranslation('intake');
  const intake = useIntake();
  const { entry, change, today, register, round } = intake;
  const born = ageOf(entry, today);
  const patient = {
    sex: entry.sex,
    ageEstimated: born?.kind === 'estimate',
    ...(born && { ageDays: born.ageDays }),
  };
  const rules = useEvaluation(entry.assessment, patient);
  useShortcut('intake.register', () => register('review'));
  useShortcut('intake.next', () => register('next'));
  const missing = [
    ...missingOfPatient(entry),
    ...missingOfAssessment(entry.assessment, rules.answer?.evaluation ?? null),
  ];
  return (
    <form
      className="intake"
      autoComplete="off"
      onKeyDown={walkOnEnter}
      onSubmit={(event: FormEvent) => event.preventDefault()}
    >
      <header>
        <h1>{t('title')}</h1>
        <p className="quiet">{t('enterHint')}</p>
        <ResusButton wardId={entry.wardId} />
        <UnsentForms {...intake.unsent} />
      </header>
      <div className="intake-fields" key={round}>
        <PatientFields entry={entry} onChange={change} today={today} />
        <AssessmentFields
          entry={entry.assessment}
          ageDays={born?.ageDays ?? null}
          onChange={(part) => change({ assessment: { ...entry.assessment, ...part } })}
        />
      </div>
      <aside>
        <RulesPreview {...rules} />
        <MissingList missing={missing} />
        <Registering intake={intake} />
      </aside>
    </form>
  );
};

const Registering = ({ intake }: { readonly intake: ReturnType<typeof useIntake> }) => {
  const { t } = useTranslation('intake');
  const { modal } = App.useApp();
  const { obstacles, register, clear, registering, entry, unkept } = intake;
  const askClear = (): void => {
    if (isBlank(entry)) return clear();
    void modal.confirm({ title: t('clearTitle'), okText: t('clear'), onOk: clear });
  };
  return (
    <section className="intake-send" aria-label={t('register')}>
      {obstacles.length > 0 && (
        <Alert type="error" role="alert" title={obstacles.map((one) => t(`obstacles.${one}`)).join('；')} />
      )}
      {registering.isError && (
        <Alert type="error" showIcon role="alert" title={<ProblemText thrown={registering.error} />} />
      )}
      <Button
        type="primary"
        size="large"
        block
        loading={registering.isPending}
        onClick={() => register('review')}
        data-walk
      >
        {t('registerReview')}
        <KeyHint of="intake.register" />
      </Button>
      <Button block disabled={registering.isPending} onClick={() => register('next')}>
        {t('registerNext')}
        <KeyHint of="intake.next" />
      </Button>
      <Button type="text" onClick={askClear}>
        {t('clear')}
      </Button>
      {unkept && <p className="quiet">{t('unkept')}</p>}
    </section>
  );
};
