import { v7 as uuidv7 } from 'uuid';
import { ShiftHandoverItemEntity } from '../entities/shift-handover-item.entity';
import { ShiftHandoverEntity } from '../entities/shift-handover.entity';
import { type Tx } from '../transaction';

/** A review somebody holds, as a list shows it; no patient data. */
export interface HeldReview {
  readonly reviewId: string;
  readonly caseId: string;
  readonly wardId: string;
  readonly process: string;
  readonly step: string;
  readonly state: string;
  readonly dueAt: Date;
}

const listed = `r.id "reviewId", r.case_id "caseId", r.ward_id "wardId", r.process, r.step, r.state, r.due_at "dueAt"`;
const waits = `r.state in ('open', 'awaiting-second')`;

/** What a person holds at this moment: reviews that wait, under a lease that lives. The first due first. */
export const heldReviews = (tx: Tx, userId: string): Promise<HeldReview[]> =>
  tx.query<HeldReview>(
    `select ${listed} from review r where r.organisation_id = $1 and r.claimed_by = $2
       and r.lease_expires_at > clock_timestamp() and ${waits} order by r.due_at, r.id`,
    [tx.principal.organisationId, userId],
  );

/** A review given on: to a person, or (null) back to whoever may sign it. */
export interface GivenReview {
  readonly reviewId: string;
  readonly receiverId: string | null;
}

/** Stores the handover of a signed-in person; answers its id. */
export const insertHandover = async (
  tx: Tx,
  given: { by: { id: string; sessionId: string }; note: string | null; items: readonly GivenReview[] },
): Promise<string> => {
  const { organisationId } = tx.principal;
  const { by, note, items } = given;
  const id = uuidv7();
  const noteCt = note === null ? null : tx.cipher.seal(['shift_handover', 'note_ct', id], note);
  await tx.manager.insert(ShiftHandoverEntity, { id, organisationId, givenBy: by.id, sessionId: by.sessionId, noteCt });
  await tx.manager.insert(
    ShiftHandoverItemEntity,
    items.map((item) => ({ ...item, handoverId: id })),
  );
  return id;
};

/** A handover of the principal's organisation; null when there is none. */
export const findHandover = (tx: Tx, id: string): Promise<ShiftHandoverEntity | null> =>
  tx.manager.findOneBy(ShiftHandoverEntity, { id, organisationId: tx.principal.organisationId });

/** The last handover of a session; null before the first. */
export const lastHandoverOf = (tx: Tx, sessionId: string): Promise<ShiftHandoverEntity | null> =>
  tx.manager.findOne(ShiftHandoverEntity, { where: { sessionId }, order: { givenAt: 'DESC' } });

/** The note of a handover as text; null when it has none. */
export const handoverNote = (tx: Tx, { id, noteCt }: ShiftHandoverEntity): string | null =>
  noteCt && tx.cipher.open(['shift_handover', 'note_ct', id], noteCt);

/** How an item of a handover stands: answered, over, held by somebody else, or as it was given. */
export type ItemStanding = 'accepted' | 'declined' | 'decided' | 'withdrawn' | 'taken' | 'offered' | 'pool';

/** An item with its review as it stands now. */
export interface HandoverItem extends HeldReview {
  readonly handoverId: string;
  readonly receiverId: string | null;
  readonly standing: ItemStanding;
  readonly answeredAt: Date | null;
}

const standing = `case when i.answer is not null then i.answer when not ${waits} then r.state
  when r.lease_expires_at > clock_timestamp() and r.claimed_by is distinct from i.receiver_id then 'taken'
  when i.receiver_id is null then 'pool' else 'offered' end`;
const itemSql = `select i.handover_id "handoverId", i.receiver_id "receiverId", i.answered_at "answeredAt",
  ${standing} standing, ${listed} from shift_handover_item i join review r on r.id = i.review_id`;

/** The items of a handover in the order of their due times: all of them, or those offered to one person. */
export const handoverItems = (tx: Tx, handoverId: string, receiverId: string | null): Promise<HandoverItem[]> =>
  tx.query<HandoverItem>(
    `${itemSql} where i.handover_id = $1 and ($2::uuid is null or i.receiver_id = $2) order by r.due_at, r.id`,
    [handoverId, receiverId],
  );

/** The handovers in which something of a person's waits for an answer, given or received, oldest first. */
export const openHandovers = async (
  tx: Tx,
  userId: string,
  side: 'given' | 'received',
): Promise<ShiftHandoverEntity[]> => {
  const whose = side === 'given' ? 'h.given_by = $1' : 'i.receiver_id = $1';
  return tx.manager
    .createQueryBuilder(ShiftHandoverEntity, 'handover')
    .where(
      `handover.id in (select i.handover_id from shift_handover_item i join shift_handover h on h.id = i.handover_id
         join review r on r.id = i.review_id where ${whose.replace('$1', ':userId')} and ${standing} = 'offered')`,
      { userId },
    )
    .orderBy('handover.givenAt')
    .getMany();
};

/** Keeps the receiver's answer to an item that was offered to them; the caller holds the lock of its case. */
export const answerItem = async (
  tx: Tx,
  item: { handoverId: string; reviewId: string },
  answer: 'accepted' | 'declined',
): Promise<void> => {
  const { handoverId, reviewId } = item;
  const change = { answer, answeredAt: () => 'clock_timestamp()' };
  await tx.manager.update(ShiftHandoverItemEntity, { handoverId, reviewId }, change);
};
