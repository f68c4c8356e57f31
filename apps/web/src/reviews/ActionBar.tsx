import { Button } from 'antd';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { type Review } from '../api/types';
import { ProblemText } from '../app/ProblemText';
import { useLiveness } from '../events/LiveChanges';
import { KeyHint } from '../keys/KeyHint';
import { useShortcut } from '../keys/use-shortcut';
import { ClaimText } from './ClaimText';
import { DeferDialog, EscalateDialog, WithdrawDialog } from './NoteDialog';
import { type Offer } from './offers';
import { type AnyPanel } from './panel';
import { ReassignDialog } from './ReassignDialog';
import { RedraftDialog } from './RedraftDialog';
import { type Acts } from './use-acts';

/** What this person may do now, always in sight. The main button is given to it. */
export const ActionBar = ({
  review,
  acts: { offers, sending, asking, choose },
  children,
}: {
  readonly review: Review;
  readonly acts: Acts;
  readonly children: ReactNode;
}) => {
  const { connected } = useLiveness();
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
    </div>
  );
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

const dialogs = {
  defer: DeferDialog,
  escalate: EscalateDialog,
  redraft: RedraftDialog,
  reassign: ReassignDialog,
  'withdraw-signature': WithdrawDialog,
} as const;

/** What an act asks before it is done. */
export const ActQuestion = ({
  review,
  panel,
  acts: { asking, sending, close },
}: {
  readonly review: Review;
  readonly panel: AnyPanel;
  readonly acts: Acts;
}) => {
  const Dialog = asking && dialogs[asking];
  return Dialog && <Dialog review={review} panel={panel} sending={sending} onClose={close} />;
};

/** Back to the list at its shortcut. */
export const BackShortcut = () => {
  const navigate = useNavigate();
  useShortcut('review.back', () => void navigate('/queue'));
  return null;
};
