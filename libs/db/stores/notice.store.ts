import { v7 as uuidv7 } from 'uuid';
import { type RoleGrant } from '#libs/auth/principal';
import { type Role } from '#libs/auth/roles';
import { NoticeEntity } from '../entities/notice.entity';
import { type Tx } from '../transaction';

/** Something a role, or one person of it, must be told, once per key: ids and codes only. */
export interface NewNotice {
  readonly kind: string;
  readonly audience: Role;
  /** The one person it is for, whatever role they hold; left out: whoever holds that of the audience. */
  readonly recipientId?: string;
  readonly uniqueKey: string;
  readonly wardId?: string | null;
  readonly caseId?: string | null;
  readonly reviewId?: string | null;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Raises a notice and has the screens read theirs again; false when this key was raised before. */
export const raiseNotice = async (tx: Tx, notice: NewNotice): Promise<boolean> => {
  const inserted = await tx.query(
    `with n as (insert into notice (id, organisation_id, ward_id, case_id, review_id, kind, audience, unique_key, data,
         recipient_id)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (unique_key) do nothing
       returning id, organisation_id, ward_id),
     c as (insert into change_feed (id, organisation_id, ward_id, topic, entity_id)
       select $11, organisation_id, ward_id, 'notice', id from n)
     select pg_notify('countersign_change', '') from n`,
    [
      uuidv7(),
      tx.principal.organisationId,
      notice.wardId ?? null,
      notice.caseId ?? null,
      notice.reviewId ?? null,
      notice.kind,
      notice.audience,
      notice.uniqueKey,
      JSON.stringify(notice.data ?? {}),
      notice.recipientId ?? null,
      uuidv7(),
    ],
  );
  return inserted.length > 0;
};

/** An open notice as a list shows it; ids and codes, the ticket of its case, no patient data. */
export interface OpenNotice {
  readonly id: string;
  readonly kind: string;
  readonly audience: Role;
  readonly wardId: string | null;
  readonly caseId: string | null;
  readonly reviewId: string | null;
  readonly ticketNo: number | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
}

/* A warning about a patient who has left, or about a review that is over, tells nobody anything. */
const openSql = `
select n.id, n.kind, n.audience, n.ward_id "wardId", n.case_id "caseId", n.review_id "reviewId", t.ticket_no "ticketNo",
  n.data, n.created_at "createdAt"
from notice n
left join cases c on c.id = n.case_id
left join triage_case t on t.case_id = n.case_id
left join review r on r.id = n.review_id
where n.organisation_id = $1 and n.acknowledged_at is null 
  and case when n.recipient_id is not null then n.recipient_id = $4 else exists (select from unnest($2::text[], $3::uuid[]) as held (role, ward)
    where held.role = n.audience and (held.ward is null or n.ward_id is null or held.ward = n.ward_id)) end
  and not (n.kind in ('breach', 'floor-raised', 'review-waiting') and c.ended_at is not null)
  and not (n.kind = 'pre-notice' and exists
    (select from pre_notice p where p.id = (n.data ->> 'preNoticeId')::uuid and p.ended_at is not null))
  and not (n.kind = 'handover' and not exists (select from shift_handover_item i join review o on o.id = i.review_id
    where i.handover_id = (n.data ->> 'handoverId')::uuid and i.receiver_id = n.recipient_id and i.answer is null
      and o.state in ('open', 'awaiting-second')))
  and not (n.kind in ('review-waiting', 'review-escalated') and r.state in ('decided', 'withdrawn'))
order by n.created_at, n.id limit 500`;

/** The notices that nobody has acknowledged, for whoever holds these roles, oldest first. */
export const openNotices = (tx: Tx, grants: readonly RoleGrant[]): Promise<OpenNotice[]> =>
  tx.query<OpenNotice>(openSql, [
    tx.principal.organisationId,
    grants.map(({ role }) => role),
    grants.map(({ wardId }) => wardId),
    tx.principal.kind === 'user' ? tx.principal.id : null,
  ]);

/** A notice of the principal's organisation, locked; null when there is none. */
export const lockNotice = (tx: Tx, id: string): Promise<NoticeEntity | null> =>
  tx.manager.findOne(NoticeEntity, {
    where: { id, organisationId: tx.principal.organisationId },
    lock: { mode: 'pessimistic_write' },
  });

/** Notes that a person has taken notice; whoever was first stays. */
export const acknowledgeNotice = async (tx: Tx, id: string, userId: string): Promise<boolean> => {
  const rows = await tx.query<{ id: string }>(
    `with n as (update notice set acknowledged_at = clock_timestamp(), acknowledged_by = $2
       where id = $1 and acknowledged_at is null returning id) select id from n`,
    [id, userId],
  );
  return rows.length > 0;
};

/** Notes that a person has done what the notice with this key asked for. */
export const acknowledgeNoticeOf = async (tx: Tx, uniqueKey: string, userId: string): Promise<void> => {
  await tx.query(
    `update notice set acknowledged_at = clock_timestamp(), acknowledged_by = $2
     where unique_key = $1 and acknowledged_at is null`,
    [uniqueKey, userId],
  );
};

/** The notices of a case, oldest first. */
export const noticesOfCase = (tx: Tx, caseId: string): Promise<NoticeEntity[]> =>
  tx.manager.find(NoticeEntity, { where: { caseId }, order: { createdAt: 'ASC' } });
