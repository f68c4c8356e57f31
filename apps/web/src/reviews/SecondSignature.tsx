import { Alert, App, Button, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Review } from '../api/types';
import { Field } from '../app/Field';
import { ProblemText } from '../app/ProblemText';
import { useLiveness } from '../events/LiveChanges';
import { KeyHint } from '../keys/KeyHint';
import { useShortcut } from '../keys/use-shortcut';
import { useSignOut } from '../session/sign-out';
import { ActDialog } from './ActDialog';
import { ActionBar } from './ActionBar';
import { AtSigning } from './AtSigning';
import { Comparison } from './Comparison';
import { FirstSignature } from './FirstSignature';
import { type AnyPanel } from './panel';
import { StaleFacts } from './StaleFacts';
import { TooLate } from './TooLate';
import { type Acts } from './use-acts';
import { useCountersigning } from './use-countersigning';

interface Props {
  readonly review: Review;
  readonly panel: AnyPanel;
  readonly acts: Acts;
  /** What the model drafted, if it did. */
  readonly children: ReactNode;
}

/** A review with one signature of two: what was signed first and why; sign it with the password, or decline. */
export const SecondSignature = ({ review, panel, acts, children }: Props) => {
  const { t } = useTranslation(['reviews', 'session']);
  const { connected } = useLiveness();
  const [password, setPassword] = useState('');
  const [declining, setDeclining] = useState(false);
  const signing = useCountersigning(review);
  const { sending, first } = signing;
  const may = review.allowed.includes('second-signature');
  const again = sending.unanswered !== null;
  const ready = may && connected && password !== '' && signing.seen && !sending.busy && !declining;
  const act = (): void => {
    if (again) return sending.again();
    signing.sign(password);
    setPassword('');
  };
  const decline = (): void => {
    sending.dismiss();
    setDeclining(true);
  };
  useShortcut('review.sign', act, { enabled: again || ready });
  useShortcut('review.decline', decline, { enabled: may && connected });
  if (!first) return null;
  return (
    <>
      <div className="review-desk">
        {children}
        <FirstSignature signature={first} panel={panel} />
        <Comparison review={review} panel={panel} content={panel.formOf(first.content)} own="first" withDraft />
        {may && (
          <Field label={t('session:password')} hint={t('secondPassword')}>
            {(id) => (
              <Input.Password
                id={id}
                autoComplete="current-password"
                maxLength={200}
                value={password}
                onChange={(event) => setPassword(event.target.value)}
              />
            )}
          </Field>
        )}
        {signing.facts.length > 0 && (
          <StaleFacts
            review={review}
            facts={signing.facts}
            checked={signing.acknowledged}
            onChange={signing.setAcknowledged}
          />
        )}
      </div>
      <footer className="desk-foot">
        {!declining && <SecondRefusal review={review} signing={signing} />}
        {may && <AtSigning review={review} fromDraft={first.action !== 'manual'} safety="nothing" />}
        <ActionBar review={review} acts={acts}>
          {may ? <SecondButtons signing={signing} ready={ready} onSign={act} onDecline={decline} /> : <HandOver />}
        </ActionBar>
      </footer>
      {declining && <DeclineDialog signing={signing} onClose={() => setDeclining(false)} />}
    </>
  );
};

type Countersigning = ReturnType<typeof useCountersigning>;

const SecondButtons = ({
  signing: { sending },
  ready,
  onSign,
  onDecline,
}: {
  readonly signing: Countersigning;
  readonly ready: boolean;
  readonly onSign: () => void;
  readonly onDecline: () => void;
}) => {
  const { t } = useTranslation('reviews');
  const { connected } = useLiveness();
  const again = sending.unanswered !== null;
  return (
    <>
      <Button type="primary" size="large" disabled={!again && !ready} loading={sending.busy} onClick={onSign}>
        {t(again ? 'sendAgain' : 'signSecond')}
        <KeyHint of="review.sign" />
      </Button>
      <Button disabled={!connected} onClick={onDecline}>
        {t('decline')}
        <KeyHint of="review.decline" />
      </Button>
    </>
  );
};

const SecondRefusal = ({ review, signing }: { readonly review: Review; readonly signing: Countersigning }) => {
  const { t } = useTranslation('reviews');
  const { sending, next } = signing;
  const { thrown, answer } = sending;
  if (thrown === null) return null;
  if (answer === 'too-late') return <TooLate review={review} thrown={thrown} onNext={next} onStay={sending.dismiss} />;
  const own = answer === 'said' || answer === 'send-again' || answer === 'reason' || answer === null;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={own ? <ProblemText thrown={thrown} /> : t(answer === 'password' ? 'passwordWrong' : `refused.${answer}`)}
      description={
        answer === 'measure' && (
          <>
            <Link to={`/cases/${review.caseId}/reassess`}>{t('measureAgain')}</Link> {t('orTick')}
          </>
        )
      }
    />
  );
};

const DeclineDialog = ({ signing, onClose }: { readonly signing: Countersigning; readonly onClose: () => void }) => {
  const { t } = useTranslation('reviews');
  const [reason, setReason] = useState('');
  return (
    <ActDialog
      title={t('decline')}
      okText={t('decline')}
      ready={reason.trim() !== ''}
      sending={signing.sending}
      onOk={() => signing.decline(reason.trim())}
      onClose={onClose}
    >
      <p>{t('declineSays')}</p>
      <Field label={t('noteRequired')}>
        {(id) => (
          <Input.TextArea
            id={id}
            autoFocus
            rows={3}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
    </ActDialog>
  );
};

/* One browser holds one session: the second person signs in themselves, and lands on this review. */
const HandOver = () => {
  const { t } = useTranslation(['reviews', 'common']);
  const { modal } = App.useApp();
  const signOut = useSignOut();
  const ask = (): void =>
    void modal.confirm({
      title: t('handOver'),
      content: t('handOverSays'),
      okText: t('handOver'),
      cancelText: t('common:cancel'),
      onOk: () => signOut.mutateAsync(),
    });
  return (
    <>
      <b>{t('waitsForSecond')}</b>
      <Button loading={signOut.isPending} onClick={ask}>
        {t('handOver')}
      </Button>
    </>
  );
};
