import { App, Button } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { type Review } from '../api/types';
import { ProblemText } from '../app/ProblemText';
import { useLiveness } from '../events/LiveChanges';
import { KeyHint } from '../keys/KeyHint';
import { useShortcut } from '../keys/use-shortcut';
import { useSession } from '../session/session';
import { type Act, actOf, doAct } from './acts';
import { ClaimText } from './ClaimText';
import { DeferDialog, EscalateDialog, WithdrawDialog } from './NoteDialog';
import { type Offer, type OfferName, offersOf } from './offers';
import { type AnyPanel } from './panel';
import { ReassignDialog } from './ReassignDialog';
import { RedraftDialog } from './RedraftDialog';
import { useNextReview } from './use-next-review';
import { useSending } from './use-sending';

const dialogs = {
  defer: DeferDialog,
  escalate: EscalateDialog,
  redraft: RedraftDialog,
  reassign: ReassignDialog,
  'withdraw-signature': WithdrawDialog,
} as const;
type Asking = keyof typeof dialogs;

const isAsking = (name: OfferName): name is Asking => name in dialogs;

/** What this person may do now, always in sight; fed by what the review allows. The main button is given to it. */
export const ActionBar = ({
  review,
  panel,
  children,
}: {
  readonly review: Review;
  readonly panel: AnyPanel;
  readonly children: ReactNode;
}) => {
  const { t } = useTranslation('reviews');
  const { message } = App.useApp();
  const { user } = useSession();
  const { connected } = useLiveness();
  const next = useNextReview(review.reviewId);
  const offers = offersOf(review, user.id);
  const [asking, setAsking] = useAsking(offers);
  const sending = useSending(
    `${review.reviewId} act`,
    (act: Act) => doAct(review, act),
    (_done, { name }) => {
      setAsking(null);
      void message.success(t(`done.${name}`));
      if (name === 'defer') next();
    },
  );
  const choose = (name: OfferName): void => {
    if (sending.busy) return;
    sending.dismiss();
    if (isAsking(name)) setAsking(name);
    else if (sending.unanswered) sending.again();
    else sending.send(actOf(name, null as never));
  };
  const Dialog = asking && dialogs[asking];
  return (
    <div className="action-bar">
      {children}
      {offers.map((offer) => (
        <OfferButton key={offer.name} offer={offer} enabled={connected} onChoose={() => choose(offer.name)} />
      ))}
      <ClaimText review={review} />
      {sending.thrown !== null && asking === null && (
        <span role="alert" className="action-fault">
          <ProblemText thrown={sending.thrown} />
        </span>
      )}
      {Dialog && <Dialog review={review} panel={panel} sending={sending} onClose={() => setAsking(null)} />}
    </div>
  );
};

/* Which question is open; a list may open a review with one (`?ask=defer`), if the review allows it. Asked once. */
const useAsking = (offers: readonly Offer[]) => {
  const [search, setSearch] = useSearchParams();
  const asked = offers.map(({ name }) => name).find((name) => name === search.get('ask'));
  const [asking, setAsking] = useState<Asking | null>(asked && isAsking(asked) ? asked : null);
  useEffect(() => {
    if (search.has('ask'))
      setSearch(
        (before) => {
          before.delete('ask');
          return before;
        },
        { replace: true },
      );
  }, [search, setSearch]);
  return [asking, setAsking] as const;
};

const OfferButton = ({
  offer: { name, shortcut },
  enabled,
  onChoose,
}: {
  readonly offer: Offer;
  readonly enabled: boolean;
  readonly onChoose: () => void;
}) => {
  const { t } = useTranslation('reviews');
  useShortcut(shortcut, onChoose, { enabled });
  return (
    <Button disabled={!enabled} onClick={onChoose}>
      {t(`offers.${name}`)}
      <KeyHint of={shortcut} />
    </Button>
  );
};

/** Back to the list at its shortcut. */
export const BackShortcut = () => {
  const navigate = useNavigate();
  useShortcut('review.back', () => void navigate('/queue'));
  return null;
};
