import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { isProblem } from '../api/problem';
import { type Review } from '../api/types';
import { ProblemText } from '../app/ProblemText';
import { useFormats } from '../i18n/formats';
import { PasswordDialog } from './PasswordDialog';
import { type Signing } from './use-signing';
import { TooLate } from './TooLate';

/** What the page says to a refusal of signing, where it happened; the conflict of values is a dialog of its own. */
export const Refusals = ({ review, signing }: { readonly review: Review; readonly signing: Signing }) => {
  const { t } = useTranslation('reviews');
  const { sending, next } = signing;
  const { thrown, answer } = sending;
  if (sending.unanswered !== null && !sending.busy) return <Unanswered signing={signing} />;
  if (thrown === null || answer === 'conflict') return null;
  if (answer === 'too-late') return <TooLate review={review} thrown={thrown} onNext={next} onStay={sending.dismiss} />;
  if (answer === 'password')
    return <PasswordDialog sending={sending} onPassword={(password) => sending.again({ password })} />;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={answer === 'said' ? <ProblemText thrown={thrown} /> : t(`refused.${answer}`)}
      description={<Remedy review={review} signing={signing} />}
    />
  );
};

const Remedy = ({ review, signing }: { readonly review: Review; readonly signing: Signing }) => {
  const { t } = useTranslation('reviews');
  const { sending, next } = signing;
  if (sending.answer === 'measure')
    return (
      <>
        <Link to={`/cases/${review.caseId}/reassess`}>{t('measureAgain')}</Link> {t('orTick')}
      </>
    );
  if (sending.answer === 'held')
    return (
      <>
        <HeldBy thrown={sending.thrown} /> <Button onClick={next}>{t('nextOne')}</Button>
      </>
    );
  return null;
};

const HeldBy = ({ thrown }: { readonly thrown: unknown }) => {
  const { t } = useTranslation('reviews');
  const { time } = useFormats();
  const { holderName, until } = isProblem(thrown) ? thrown.detail : {};
  const name = typeof holderName === 'string' ? holderName : t('somebody');
  const at = time(typeof until === 'string' ? until : null);
  return <span>{t('heldUntil', { name, at })}</span>;
};

const Unanswered = ({ signing: { sending } }: { readonly signing: Signing }) => {
  const { t } = useTranslation('reviews');
  const { exactTime } = useFormats();
  const { unanswered } = sending;
  if (unanswered === null) return null;
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={t('unanswered', { at: exactTime(unanswered.at) })}
      description={
        <>
          {t('unansweredSays', { number: unanswered.key.slice(0, 8) })}{' '}
          <Button loading={sending.busy} onClick={() => sending.again()}>
            {t('sendAgain')}
          </Button>
        </>
      }
    />
  );
};
