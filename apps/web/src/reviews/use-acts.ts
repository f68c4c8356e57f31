import { App } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { type Review } from '../api/types';
import { useSession } from '../session/session';
import { type Act, actOf, doAct } from './acts';
import { type Offer, type OfferName, offersOf } from './offers';
import { useNextReview } from './use-next-review';
import { type Sending, useSending } from './use-sending';

const withDialog = ['defer', 'escalate', 'redraft', 'reassign', 'withdraw-signature'] as const;
/** An act that asks something before it is done. */
export type Asking = (typeof withDialog)[number];

const isAsking = (name: OfferName | undefined): name is Asking => withDialog.some((one) => one === name);

/** What this person may do with a review beside signing it, and how that stands. */
export interface Acts {
  readonly offers: readonly Offer[];
  readonly sending: Sending<Act>;
  /** Whose question is open. It stays open, with what was typed, whatever becomes of the review. */
  readonly asking: Asking | null;
  readonly choose: (name: OfferName) => void;
  readonly close: () => void;
}

/** Fed by what the review allows. */
export const useActs = (review: Review): Acts => {
  const { t } = useTranslation('reviews');
  const { message } = App.useApp();
  const { user } = useSession();
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
  return { offers, sending, asking, choose, close: () => setAsking(null) };
};

/* A list may open a review with a question (`?ask=defer`), if the review allows it. Asked once. */
const useAsking = (offers: readonly Offer[]) => {
  const [search, setSearch] = useSearchParams();
  const asked = offers.map(({ name }) => name).find((name) => name === search.get('ask'));
  const [asking, setAsking] = useState<Asking | null>(isAsking(asked) ? asked : null);
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
