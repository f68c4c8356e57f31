import { useMutation } from '@tanstack/react-query';
import { Alert, App, Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { answered, api, newKey, once } from '../../api/client';
import { serverNow } from '../../api/clock';
import { type CaseView, type Sent } from '../../api/types';
import { ProblemText } from '../../app/ProblemText';
import { KeyHint } from '../../keys/KeyHint';
import { useShortcut } from '../../keys/use-shortcut';
import { CaseBanner } from '../case/CaseBanner';
import { useCase, useReadCaseAgain } from '../case/use-case';
import { AssessmentFields } from '../form/AssessmentFields';
import { assessmentOf, hasFaults, saysSomething } from '../form/body';
import { type AssessmentEntry, blankAssessment } from '../form/entry';
import { MissingList } from '../form/MissingList';
import { missingOfAssessment } from '../form/missing';
import { RulesPreview } from '../form/RulesPreview';
import { useEvaluation } from '../form/use-evaluation';
import { walkOnEnter } from '../form/use-enter-walk';
import { useUnscanned } from '../intake/use-unscanned';
import { BegunAssessments } from './BegunAssessments';
import { useUnsentAssessment } from './use-unsent-assessment';
import '../intake/intake.css';
import '../../reviews/reviews.css';
import '../case/case.css';

type AssessmentSent = Sent<'/api/triage/cases/{id}/assessments'>;

/** Looks at a patient again: the same form as at registration, empty, so that nothing old is measured anew by nobody. */
export const AssessScreen = () => {
  const { t } = useTranslation('common');
  const { id = '' } = useParams();
  const { data: view, error } = useCase(id);
  if (error && !view) return <Alert type="error" showIcon role="alert" title={<ProblemText thrown={error} />} />;
  if (!view) return <p className="quiet">{t('loading')}</p>;
  return <AssessForm key={view.caseId} view={view} />;
};

const useSending = (view: CaseView, entry: AssessmentEntry, onSent: () => Promise<void>) => {
  const { t } = useTranslation('tasks');
  const navigate = useNavigate();
  const { message } = App.useApp();
  const readAgain = useReadCaseAgain(view.caseId);
  const [request, setRequest] = useState<{ key: string; body: AssessmentSent } | null>(null);
  return useMutation({
    mutationFn: (retriage: boolean) => {
      /* What was not answered is sent again as it was, under its key; a form that was changed is another assessment. */
      const { measuredAt: _at, ...now } = assessmentOf(entry, '');
      const { measuredAt: _then, ...before } = request?.body ?? { measuredAt: '' };
      const same = request !== null && JSON.stringify({ ...now, retriage }) === JSON.stringify(before);
      const body = { ...assessmentOf(entry, serverNow().toISOString()), retriage } as AssessmentSent;
      const asked = same ? request : { key: newKey(), body };
      setRequest(asked);
      const params = { path: { id: view.caseId }, header: once(asked.key) };
      return answered(api.POST('/api/triage/cases/{id}/assessments', { params, body: asked.body }));
    },
    onSuccess: async ({ reviewId }) => {
      await onSent();
      readAgain();
      void message.success(t('assessed'));
      void navigate(reviewId === null ? `/cases/${view.caseId}` : `/reviews/${reviewId}`);
    },
  });
};

const AssessForm = ({ view }: { readonly view: CaseView }) => {
  const { t } = useTranslation(['tasks', 'intake']);
  const [entry, setEntry] = useState(blankAssessment);
  const set = useUnscanned(entry, setEntry);
  const { ageDays, ageEstimated, sex } = view.patient;
  const rules = useEvaluation(entry, { sex, ageEstimated, ...(ageDays !== null && { ageDays }) });
  const unsent = useUnsentAssessment(view.caseId, entry, setEntry);
  const sending = useSending(view, entry, unsent.sent);
  const ready = saysSomething(entry) && !hasFaults(entry) && !sending.isPending;
  const send = (retriage: boolean): void => {
    if (ready) sending.mutate(retriage);
  };
  useShortcut('intake.register', () => send(true));
  return (
    <form
      className="intake"
      autoComplete="off"
      onKeyDown={walkOnEnter}
      onSubmit={(event: FormEvent) => event.preventDefault()}
    >
      <header>
        <CaseBanner view={view} />
        <BegunAssessments begun={unsent.begun} onTake={unsent.take} onDrop={unsent.throwAway} />
        {unsent.unkept && <p className="quiet">{t('intake:unkept')}</p>}
      </header>
      <div className="intake-fields">
        <AssessmentFields entry={entry} ageDays={ageDays} onChange={(part) => set({ ...entry, ...part })} />
      </div>
      <aside>
        <RulesPreview {...rules} />
        <MissingList missing={missingOfAssessment(entry, rules.answer?.evaluation ?? null)} />
        <section className="intake-send">
          {sending.isError && (
            <Alert type="error" showIcon role="alert" title={<ProblemText thrown={sending.error} />} />
          )}
          <Button
            type="primary"
            size="large"
            block
            disabled={!ready}
            loading={sending.isPending}
            onClick={() => send(true)}
            data-walk
          >
            {t('sendRetriage')}
            <KeyHint of="intake.register" />
          </Button>
          <Button block disabled={!ready} onClick={() => send(false)}>
            {t('sendOnly')}
          </Button>
        </section>
      </aside>
    </form>
  );
};
