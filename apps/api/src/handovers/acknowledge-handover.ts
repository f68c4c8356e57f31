import { type UserPrincipal } from '#libs/auth/principal';
import { lockCasesOf } from '#libs/db/stores/claim.store';
import { answerItem, findHandover, type HandoverItem, handoverItems } from '#libs/db/stores/handover.store';
import { acknowledgeNoticeOf } from '#libs/db/stores/notice.store';
import { record } from '#libs/db/stores/record.store';
import { type Tx } from '#libs/db/transaction';
import { finalRefusal, isRefusal, refuse, type Refusal } from '#libs/review/refusal';
import { claim } from '../reviews/claims';
import { enter, participants } from '../reviews/enter';
import { explain } from '../reviews/explain';
import { noteEvent } from '../reviews/note-event';
import { type ReviewDeps } from '../reviews/review-deps';
import { handoverNoticeKey } from './give';
import { type AcknowledgementBody, type AcknowledgementReply } from './handovers.schema';
import { handoverView } from './view-handover';

type Result = AcknowledgementReply['results'][number];

/**
 * The receiver's answer: what they accept they hold from now on, what they decline stays with whoever may sign it. Each
 * item has its own outcome; one that was decided or taken meanwhile says so and keeps none of the others back.
 */
export const acknowledgeHandover = async (
  deps: ReviewDeps,
  tx: Tx,
  { person, handoverId, body }: { person: UserPrincipal; handoverId: string; body: AcknowledgementBody },
): Promise<AcknowledgementReply | Refusal> => {
  const handover = await findHandover(tx, handoverId);
  const offered = async () => new Map((await handoverItems(tx, handoverId, person.id)).map((i) => [i.reviewId, i]));
  const before = await offered();
  if (!handover || before.size === 0) return refuse('NOT_FOUND');
  await lockCasesOf(tx, [...before.keys()]);
  const items = await offered();
  const asked = body.reviewIds ?? [...items.values()].filter(isOffered).map(({ reviewId }) => reviewId);
  const results: Result[] = [];
  for (const reviewId of new Set(asked)) {
    const item = items.get(reviewId);
    const refusal = item ? await answer(deps, tx, { ...item, from: handover.givenBy, as: body.answer }) : unknown;
    results.push(
      refusal
        ? { reviewId, outcome: 'refused', code: refusal.code, detail: refusal.detail }
        : { reviewId, outcome: answers[body.answer] },
    );
  }
  await recordAnswers(tx, handoverId, { items: [...items.values()], results });
  if (![...(await offered()).values()].some(isOffered))
    await acknowledgeNoticeOf(tx, handoverNoticeKey(handoverId, person.id), person.id);
  return { ...(await handoverView(tx, handover, person)), results };
};

const answers = { accept: 'accepted', decline: 'declined' } as const;
const unknown = refuse('NOT_FOUND');
const isOffered = ({ standing }: HandoverItem): boolean => standing === 'offered';

/** Null once the item is answered like this, also when it was before. */
const answer = async (
  deps: ReviewDeps,
  tx: Tx,
  item: HandoverItem & { from: string; as: 'accept' | 'decline' },
): Promise<Refusal | null> => {
  const { reviewId, handoverId, standing, as, from } = item;
  if (standing === answers[as]) return null;
  if (standing === 'accepted' || standing === 'declined') return refuse('CONFLICT', { answered: standing });
  const entry = await enter(deps, tx, { reviewId, roles: participants });
  if (isRefusal(entry)) return entry;
  const over = finalRefusal(entry.review);
  if (over) return explain(tx, entry.review, over);
  const claimed = as === 'accept' ? await claim(deps, tx, reviewId) : null;
  if (isRefusal(claimed)) return claimed;
  await answerItem(tx, item, answers[as]);
  await noteEvent(tx, entry.review, { kind: `handover-${answers[as]}`, data: { from, handoverId } });
  return null;
};

const recordAnswers = (
  tx: Tx,
  handoverId: string,
  { items, results }: { items: readonly HandoverItem[]; results: readonly Result[] },
): Promise<void> => {
  const answered = results.map(({ reviewId, outcome }) => ({ reviewId, outcome }));
  const concerned = items.filter(({ reviewId }) => answered.some((one) => one.reviewId === reviewId));
  return record(tx, {
    audit: {
      action: 'handover.acknowledge',
      entityType: 'handover',
      entityId: handoverId,
      caseIds: concerned.map(({ caseId }) => caseId),
      detail: { answered },
    },
    changed: { topic: 'handover', entityId: handoverId, wardId: null },
  });
};
