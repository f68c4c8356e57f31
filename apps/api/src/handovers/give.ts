import { type UserPrincipal } from '#libs/auth/principal';
import { lockCasesOf, releaseReview } from '#libs/db/stores/claim.store';
import {
  findHandover,
  handoverItems,
  heldReviews,
  insertHandover,
  lastHandoverOf,
} from '#libs/db/stores/handover.store';
import { raiseNotice } from '#libs/db/stores/notice.store';
import { record } from '#libs/db/stores/record.store';
import { reviewOf } from '#libs/db/stores/review.store';
import { type Tx } from '#libs/db/transaction';
import { isRefusal, refuse, type Refusal } from '#libs/review/refusal';
import { targetRefusal } from '../reviews/claims';
import { enter, type Entry, participants } from '../reviews/enter';
import { noteEvent } from '../reviews/note-event';
import { type ReviewDeps } from '../reviews/review-deps';
import { type HandoverBody, type HandoverReply } from './handovers.schema';
import { handoverView } from './view-handover';

/** A held review on its way to somebody. */
interface Giving {
  readonly entry: Entry;
  readonly reviewId: string;
  readonly receiverId: string | null;
  readonly note: string | null;
}

/**
 * Ends a person's shift: everything they hold is free at once, so that nothing waits behind somebody who went home, and is
 * offered to the receivers named. Said again by the same session with nothing held, it answers the same handover.
 */
export const giveHandover = async (
  deps: ReviewDeps,
  tx: Tx,
  { person, body }: { person: UserPrincipal; body: HandoverBody },
): Promise<HandoverReply | Refusal> => {
  const giving = await heldBy(deps, tx, { person, body });
  const unfit = await unfitReceivers(tx, giving);
  if (unfit.length > 0) return refuse('RECEIVER_NOT_ENTITLED', { reviews: unfit });
  const known = await earlier(tx, person, giving);
  if (known === null && body.note !== undefined && giving.every(({ receiverId }) => receiverId === null))
    return refuse('VALIDATION_FAILED', {
      paths: ['note'],
      rule: 'nobody receives it; a note on a patient goes with the item',
    });
  const handoverId = known ?? (await give(tx, { person, body, giving }));
  const handover = await findHandover(tx, handoverId);
  if (!handover) return refuse('NOT_FOUND');
  const given = (await handoverItems(tx, handoverId, null)).map(({ reviewId }) => reviewId);
  const missed = body.items.map(({ reviewId }) => reviewId).filter((id) => !given.includes(id));
  return { ...(await handoverView(tx, handover, person)), dropped: await whyDropped(tx, missed) };
};

/** What the person holds, locked; what was decided or taken meanwhile is no longer among it. */
const heldBy = async (
  deps: ReviewDeps,
  tx: Tx,
  { person, body }: { person: UserPrincipal; body: HandoverBody },
): Promise<Giving[]> => {
  const before = (await heldReviews(tx, person.id)).map(({ reviewId }) => reviewId);
  await lockCasesOf(tx, before);
  const giving: Giving[] = [];
  for (const { reviewId } of await heldReviews(tx, person.id)) {
    const entry = before.includes(reviewId) ? await enter(deps, tx, { reviewId, roles: participants }) : null;
    if (entry === null || isRefusal(entry)) continue;
    const item = body.items.find((one) => one.reviewId === reviewId);
    const { receiverId } = item ?? body;
    giving.push({ entry, reviewId, receiverId, note: item?.note ?? null });
  }
  return giving;
};

const unfitReceivers = async (tx: Tx, giving: readonly Giving[]): Promise<string[]> => {
  const unfit: string[] = [];
  for (const { entry, reviewId, receiverId } of giving) {
    if (receiverId === null) continue;
    if (receiverId === entry.principal.id || (await targetRefusal(tx, entry, receiverId))) unfit.push(reviewId);
  }
  return unfit;
};

const earlier = async (tx: Tx, { sessionId }: UserPrincipal, giving: readonly Giving[]): Promise<string | null> =>
  giving.length > 0 ? null : ((await lastHandoverOf(tx, sessionId))?.id ?? null);

const give = async (
  tx: Tx,
  { person, body, giving }: { person: UserPrincipal; body: HandoverBody; giving: readonly Giving[] },
): Promise<string> => {
  const items = giving.map(({ reviewId, receiverId }) => ({ reviewId, receiverId }));
  const handoverId = await insertHandover(tx, { by: person, note: body.note ?? null, items });
  for (const { entry, reviewId, receiverId, note } of giving) {
    await releaseReview(tx, reviewId);
    const data = { from: person.id, to: receiverId, handoverId };
    await noteEvent(tx, entry.review, { kind: 'handed-over', data, note });
  }
  await record(tx, {
    audit: {
      action: 'handover.give',
      entityType: 'handover',
      entityId: handoverId,
      caseIds: giving.map(({ entry }) => entry.review.caseId),
      detail: { items },
    },
    changed: { topic: 'handover', entityId: handoverId, wardId: null },
  });
  await tellReceivers(tx, handoverId, giving);
  return handoverId;
};

/** One notice for each receiver. */
const tellReceivers = async (tx: Tx, handoverId: string, giving: readonly Giving[]): Promise<void> => {
  for (const { entry, receiverId } of giving) {
    const audience = participants(entry.gate.gate)[0];
    if (receiverId === null || audience === undefined) continue;
    const uniqueKey = handoverNoticeKey(handoverId, receiverId);
    await raiseNotice(tx, { kind: 'handover', audience, recipientId: receiverId, uniqueKey, data: { handoverId } });
  }
};

/** By this a receiver's notice of a handover is known. */
export const handoverNoticeKey = (handoverId: string, receiverId: string): string =>
  `handover:${handoverId}:${receiverId}`;

const whyDropped = async (tx: Tx, reviewIds: readonly string[]): Promise<HandoverReply['dropped']> => {
  const dropped: HandoverReply['dropped'] = [];
  for (const reviewId of reviewIds) {
    const state = (await reviewOf(tx, reviewId))?.state;
    dropped.push({ reviewId, because: state === 'decided' || state === 'withdrawn' ? state : 'not-held' });
  }
  return dropped;
};
