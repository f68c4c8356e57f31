import { type UserPrincipal } from '#libs/auth/principal';
import { type ShiftHandoverEntity } from '#libs/db/entities/shift-handover.entity';
import { firstSignerOf } from '#libs/db/stores/claim.store';
import {
  type HeldReview,
  handoverItems,
  handoverNote,
  heldReviews,
  openHandovers,
} from '#libs/db/stores/handover.store';
import { namesOf, peopleWith } from '#libs/db/stores/reviewer.store';
import { type Tx } from '#libs/db/transaction';
import { type ReviewState } from '#libs/review/review';
import { recordShown } from '../http/shown';
import { signersOf } from '../reviews/enter';
import { gateOf, type ReviewDeps } from '../reviews/review-deps';
import { type HandoverView, type MyHandovers } from './handovers.schema';

/** A handover as this person may see it: whoever gave it sees all, a receiver what was offered to them; audited. */
export const handoverView = async (
  tx: Tx,
  handover: ShiftHandoverEntity,
  viewer: UserPrincipal,
): Promise<HandoverView> => {
  const { id, givenBy, givenAt } = handover;
  const items = await handoverItems(tx, id, givenBy === viewer.id ? null : viewer.id);
  const names = await namesOf(tx, [givenBy, ...items.map(({ receiverId }) => receiverId)]);
  const person = (userId: string) => ({ userId, name: names.get(userId) ?? '' });
  await recordShown(tx, { entityType: 'handover', entityId: id, caseIds: items.map(({ caseId }) => caseId) });
  return {
    handoverId: id,
    givenBy: person(givenBy),
    givenAt: givenAt.toISOString(),
    note: handoverNote(tx, handover),
    items: items.map((item) => ({
      ...heldView(item),
      receiver: item.receiverId === null ? null : person(item.receiverId),
      standing: item.standing,
      answeredAt: item.answeredAt?.toISOString() ?? null,
    })),
  };
};

const heldView = ({ reviewId, caseId, wardId, process, step, dueAt }: HeldReview) => {
  return { reviewId, caseId, wardId, process, step, dueAt: dueAt.toISOString() };
};

/** What a person holds and who may receive it, and the handovers in which something of theirs waits for an answer. */
export const myHandovers =
  (deps: ReviewDeps, person: UserPrincipal) =>
  async (tx: Tx): Promise<MyHandovers> => {
    const views = async (side: 'given' | 'received'): Promise<HandoverView[]> => {
      const shown: HandoverView[] = [];
      for (const handover of await openHandovers(tx, person.id, side))
        shown.push(await handoverView(tx, handover, person));
      return shown;
    };
    const held = await heldReviews(tx, person.id);
    const receivers = await receiversOf(deps, tx, { held, person });
    return { holding: held.map(heldView), receivers, given: await views('given'), received: await views('received') };
  };

/** Everybody else who may sign next what a person holds, and which of it. */
const receiversOf = async (
  { gates }: ReviewDeps,
  tx: Tx,
  { held, person }: { held: readonly HeldReview[]; person: UserPrincipal },
): Promise<MyHandovers['receivers']> => {
  const receivers = new Map<string, MyHandovers['receivers'][number]>();
  for (const { reviewId, wardId, state, ...place } of held) {
    const gate = gateOf({ gates }, place)?.gate;
    const roles = gate ? signersOf(gate, state as ReviewState) : [];
    const first = state === 'awaiting-second' ? await firstSignerOf(tx, reviewId) : null;
    for (const { userId, name } of await peopleWith(tx, { roles, wardId }))
      if (userId !== person.id && userId !== first) {
        const known = receivers.get(userId) ?? { userId, name, reviewIds: [] };
        receivers.set(userId, { ...known, reviewIds: [...known.reviewIds, reviewId] });
      }
  }
  return [...receivers.values()];
};
