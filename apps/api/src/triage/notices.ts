import { holdsRole, type UserPrincipal } from '#libs/auth/principal';
import { type Role } from '#libs/auth/roles';
import { NoticeEntity } from '#libs/db/entities/notice.entity';
import { acknowledgeNotice, lockNotice, type OpenNotice, openNotices } from '#libs/db/stores/notice.store';
import { record } from '#libs/db/stores/record.store';
import { actorNames } from '#libs/db/stores/triage-record.store';
import { type Tx } from '#libs/db/transaction';
import { refuse, type Refusal } from '#libs/review/refusal';

/** A notice as a list answers it. */
export type NoticeListed = Omit<OpenNotice, 'createdAt'> & { readonly createdAt: string };

/** The open notices of whoever asks, by their roles on each ward. */
export const myNotices =
  (person: UserPrincipal) =>
  async (tx: Tx): Promise<{ items: NoticeListed[] }> => {
    const rows = await openNotices(tx, person.grants);
    return { items: rows.map(({ createdAt, ...plain }) => ({ ...plain, createdAt: createdAt.toISOString() })) };
  };

/** Who took notice first, and when. */
export interface Acknowledged {
  readonly id: string;
  readonly acknowledgedAt: string;
  readonly acknowledgedBy: string;
}

/** Takes notice: whoever comes second is told who was first. */
export const acknowledge =
  (person: UserPrincipal, id: string) =>
  async (tx: Tx): Promise<Acknowledged | Refusal> => {
    const notice = await lockNotice(tx, id);
    if (!notice || !concerns(person, notice)) return refuse('NOT_FOUND');
    if (await acknowledgeNotice(tx, id, person.id)) await recordAcknowledged(tx, notice);
    const { acknowledgedAt, acknowledgedBy } = await tx.manager.findOneByOrFail(NoticeEntity, { id });
    const nameOf = await actorNames(tx, [acknowledgedBy]);
    return {
      id,
      acknowledgedAt: (acknowledgedAt ?? new Date()).toISOString(),
      acknowledgedBy: nameOf(acknowledgedBy) ?? '',
    };
  };

/** Whether a notice is meant for this person: for them by name, or its audience is one of their roles there. */
const concerns = (person: UserPrincipal, { audience, wardId, recipientId }: NoticeEntity): boolean => {
  if (recipientId !== null) return recipientId === person.id;
  return wardId === null
    ? person.grants.some(({ role }) => role === audience)
    : holdsRole(person, [audience as Role], wardId);
};

const recordAcknowledged = (tx: Tx, notice: NoticeEntity): Promise<void> =>
  record(tx, {
    audit: {
      action: 'notice.acknowledge',
      entityType: 'notice',
      entityId: notice.id,
      caseIds: notice.caseId === null ? [] : [notice.caseId],
      detail: { kind: notice.kind },
    },
    changed: { topic: 'notice', entityId: notice.id, wardId: notice.wardId },
  });
