import { Alert, Spin } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Review } from '../api/types';
import { ProblemText } from '../app/ProblemText';
import { useFormats } from '../i18n/formats';
import { ActionBar, ActQuestion, BackShortcut } from './ActionBar';
import { AtSigning } from './AtSigning';
import { Comparison } from './Comparison';
import { ConflictDialog } from './ConflictDialog';
import { LateDraft } from './LateDraft';
import { Over } from './Over';
import { type AnyPanel, type Panel } from './panel';
import { ReasonFields } from './ReasonFields';
import { RedraftNotes } from './RedraftNotes';
import { Refusals } from './Refusals';
import { SecondSignature } from './SecondSignature';
import { SignButton } from './SignButton';
import { StaleFacts } from './StaleFacts';
import { isLate } from './steps';
import { type Acts, useActs } from './use-acts';
import { useLeaveGuard } from './use-leave-guard';
import { type Signing, useSigning } from './use-signing';
import { type Start, type TypedForm, useStart, useTyped } from './use-typed';

interface Props {
  readonly review: Review;
  readonly panel: AnyPanel;
}
interface DeskProps extends Props {
  /** What the decision rests on; stands beside it. */
  readonly children: ReactNode;
}

/** Where a person decides: their own value, the draft beside it once that is stored, the reason if one is due, the signature. */
export const ReviewDesk = (props: DeskProps) => {
  const { start, waiting, error } = useStart<object>(props.review);
  if (waiting)
    return (
      <div className="review-parts">
        {props.children}
        <Spin delay={300} />
      </div>
    );
  return (
    <>
      {error && <Alert type="warning" showIcon role="alert" title={<ProblemText thrown={error} />} />}
      <Desk {...props} start={start} />
    </>
  );
};

const Desk = ({ review, panel, start, children }: DeskProps & { readonly start: Start<object> }) => {
  const { t } = useTranslation('reviews');
  const [lateOpened, setLateOpened] = useState(false);
  const typed = useTyped<object>(review, panel, start);
  const signing = useSigning<object>(review, { panel, typed, lateOpened });
  const acts = useActs(review);
  useLeaveGuard(signing.sending.unanswered !== null || typed.safety === 'here-only');
  const parts = { review, panel, typed, signing, lateOpened };
  const draft = review.draft !== null && (
    <DraftBeside {...parts} late={{ opened: lateOpened, onOpen: () => setLateOpened(true) }} />
  );
  return (
    <section className="review-parts" aria-label={t('decision')}>
      <BackShortcut />
      {children}
      {review.state === 'awaiting-second' ? (
        <SecondSignature key={review.version} review={review} panel={panel} acts={acts}>
          {draft}
        </SecondSignature>
      ) : (
        <FirstHand {...parts} draft={draft} foot={<DeskFoot {...parts} acts={acts} />} />
      )}
      <ActQuestion review={review} panel={panel} acts={acts} />
      <Conflicts {...parts} />
    </section>
  );
};

interface Parts extends Props {
  readonly typed: TypedForm<object>;
  readonly signing: Signing;
  readonly lateOpened: boolean;
}

const FirstHand = ({ draft, foot, ...parts }: Parts & { readonly draft: ReactNode; readonly foot: ReactNode }) => {
  const { review, panel, typed, signing } = parts;
  const open = review.state === 'open';
  const unsigned = panel.contentOf(typed.content as never);
  return (
    <>
      <div className="review-desk">
        {open && <OwnForm {...parts} />}
        {draft}
        {open && <AboutSigning {...parts} />}
        {(review.state === 'decided' || review.state === 'withdrawn') && (
          <Over
            review={review}
            unsigned={typed.typedHere && unsigned !== null && <panel.Line content={unsigned} />}
            onNext={signing.next}
          />
        )}
      </div>
      {foot}
    </>
  );
};

const DeskFoot = ({ review, signing, typed, acts }: Parts & { readonly acts: Acts }) => (
  <footer className="desk-foot">
    <Refusals review={review} signing={signing} />
    {review.state === 'open' && (
      <>
        <AtSigning review={review} fromDraft={signing.action !== 'manual'} safety={typed.safety} />
        <ActionBar review={review} acts={acts}>
          <SignButton signing={signing} />
        </ActionBar>
      </>
    )}
  </footer>
);

const OwnForm = ({ review, panel, typed, signing }: Parts) => {
  const { t } = useTranslation('reviews');
  const { time } = useFormats();
  const { Form } = panel as unknown as Panel<object>;
  return (
    <div className="review-own" inert={signing.sending.unanswered !== null}>
      <h2>{t(signing.step === 'judge' ? 'own' : 'final')}</h2>
      {typed.restoredAt && <p className="quiet">{t('restored', { at: time(typed.restoredAt) })}</p>}
      <Form review={review} content={typed.content} onChange={(content) => typed.change({ content })} />
    </div>
  );
};

const DraftBeside = ({
  review,
  panel,
  typed,
  late,
}: Parts & { readonly late: { readonly opened: boolean; readonly onOpen: () => void } }) => {
  const { t } = useTranslation('reviews');
  const { Draft } = panel as unknown as Panel<object>;
  const [signed] = review.signatures;
  const shown = signed ? panel.formOf(signed.content) : typed.content;
  const draft = (
    <>
      <Draft review={review} content={shown} onChange={(content) => typed.change({ content })} />
      <RedraftNotes review={review} panel={panel} />
    </>
  );
  return (
    <div className="review-draft">
      <h2>{t('draft')}</h2>
      {isLate(review) && review.state === 'open' ? <LateDraft {...late}>{draft}</LateDraft> : draft}
    </div>
  );
};

const AboutSigning = ({ review, panel, typed, signing, lateOpened }: Parts) => (
  <>
    {review.draft === null && <RedraftNotes review={review} panel={panel} />}
    {signing.needsReason && <ReasonFields codes={review.gate.reasonCodes} typed={typed} />}
    {signing.facts.length > 0 && (
      <StaleFacts
        review={review}
        facts={signing.facts}
        checked={signing.acknowledged}
        onChange={signing.setAcknowledged}
      />
    )}
    {signing.step === 'sign' && (
      <Comparison review={review} panel={panel} content={typed.content} withDraft={!isLate(review) || lateOpened} />
    )}
  </>
);

const Conflicts = ({ review, panel, typed, signing }: Parts) => {
  const { sending } = signing;
  if (typed.elsewhere)
    return (
      <ConflictDialog
        panel={panel}
        because="elsewhere"
        mine={typed.content}
        theirs={typed.elsewhere}
        onSettle={typed.settle}
      />
    );
  if (sending.answer !== 'conflict') return null;
  const [first] = review.signatures;
  const drafted = panel.drafted(review);
  const theirs = first ? panel.formOf(first.content) : drafted && { ...typed.content, ...drafted };
  return (
    <ConflictDialog
      panel={panel}
      because={first ? 'other-signature' : drafted ? 'other-draft' : 'changed'}
      mine={typed.content}
      theirs={theirs}
      onSettle={(content) => {
        sending.dismiss();
        typed.change({ content });
      }}
    />
  );
};
