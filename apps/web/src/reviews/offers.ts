import { type Review } from '../api/types';
import { type ShortcutId } from '../keys/registry';

/** What can be done with a review beside signing it. `renew`: claim again what one holds; `take`: release what another holds. */
export type OfferName =
  'claim' | 'renew' | 'release' | 'take' | 'redraft' | 'defer' | 'escalate' | 'reassign' | 'withdraw-signature';

/** Something the action bar offers, with its shortcut. */
export interface Offer {
  readonly name: OfferName;
  readonly shortcut: ShortcutId;
}

type Standing = Pick<Review, 'allowed' | 'claim' | 'redraft'>;

const claiming = ({ allowed, claim }: Standing, me: string): readonly Offer[] => {
  const mine = claim?.userId === me;
  const claims: Offer = { name: mine ? 'renew' : 'claim', shortcut: 'review.claim' };
  const releases: Offer = { name: mine ? 'release' : 'take', shortcut: 'review.release' };
  return [...(allowed.includes('claim') ? [claims] : []), ...(allowed.includes('release') ? [releases] : [])];
};

/** What the action bar offers this person now: nothing that would be refused. */
export const offersOf = (review: Standing, me: string): readonly Offer[] => {
  const plain: readonly Offer[] = [
    { name: 'redraft', shortcut: 'review.redraft' },
    { name: 'defer', shortcut: 'review.defer' },
    { name: 'escalate', shortcut: 'review.escalate' },
    { name: 'reassign', shortcut: 'review.reassign' },
    { name: 'withdraw-signature', shortcut: 'review.withdraw' },
  ];
  const isOffered = ({ name }: Offer): boolean =>
    review.allowed.some((one) => one === name) && !(name === 'redraft' && review.redraft.pending);
  return [...claiming(review, me), ...plain.filter(isOffered)];
};
