import { type Tx } from '../transaction';

/** Something that happened to a case, by code; nothing of the patient and nothing that anybody wrote. */
export interface TimelineRow {
  readonly at: Date;
  /** Where it was told: `case`, `fact`, `review` and the like; with `kind` it says what happened. */
  readonly source: string;
  readonly kind: string;
  readonly byKind: string;
  readonly byId: string | null;
  /** As signed; null where nobody signed. */
  readonly byName: string | null;
  readonly role: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

/* Columns by name, never a whole row and no encrypted one. What a machine measured is no step. A review bears the time at
   which its transaction began: it opened when its input was there. */
const timelineSql = `
with of_case as (select r.id, r.step, r.round, greatest(r.opened_at, f.recorded_at) opened_at, r.withdrawn_at
  from review r join fact f on f.id = r.fact_id where r.case_id = $1)
select * from (
  select c.opened_at "at", 'case' "source", 'opened' "kind", c.opened_by_kind "byKind", c.opened_by "byId", null "byName",
    null "role", '{}'::jsonb "detail", 0 "rank"
  from cases c where c.id = $1
  union all
  select f.recorded_at, 'fact', case when f.kind = 'assessment' then f.source else f.kind end, f.recorded_by_kind,
    f.recorded_by, null, null, '{}', 1
  from fact f where f.case_id = $1 and f.kind in ('assessment', 'screening') and f.source in ('person', 'prehospital')
  union all
  select r.opened_at, 'review', 'opened', 'system', null, null, null, jsonb_build_object('step', r.step, 'round', r.round), 2
  from of_case r
  union all
  select r.withdrawn_at, 'review', 'withdrawn', 'system', null, null, null,
    jsonb_build_object('step', r.step, 'round', r.round), 8
  from of_case r where r.withdrawn_at is not null
  union all
  select d.created_at, 'draft', case when d.shown then 'shown' else 'stored' end, 'system', null, null, null,
    jsonb_build_object('step', r.step, 'round', r.round, 'version', d.version), 3
  from draft d join of_case r on r.id = d.review_id
  union all
  select e.at, 'event', e.kind, e.by_kind, e.by_id, null, null,
    jsonb_strip_nulls(jsonb_build_object('step', r.step, 'round', r.round, 'code', e.data ->> 'code',
      'until', e.data ->> 'until', 'tells', e.data ->> 'tell')), 4
  from review_event e join of_case r on r.id = e.review_id where e.kind <> 'draft-offered'
  union all
  select s.signed_at, 'signature', case s.sequence when 1 then 'first' else 'second' end, 'user', s.user_id, s.printed_name,
    s.role, jsonb_build_object('step', r.step, 'round', r.round, 'action', s.action), 5
  from signature s join of_case r on r.id = s.review_id
  union all
  select d.decided_at, 'decision', 'decided', 'user', d.decided_by, s.printed_name, s.role,
    jsonb_build_object('step', r.step, 'round', r.round, 'action', d.action), 6
  from decision d join of_case r on r.id = d.review_id join signature s on s.id = coalesce(d.second_signature, d.first_signature)
  union all
  select d.committed_at, 'decision', 'committed', 'system', null, null, null,
    jsonb_build_object('step', r.step, 'round', r.round), 7
  from decision d join of_case r on r.id = d.review_id where d.committed_at is not null
  union all
  select m.at, 'move', case when m.undoes is null then m.move else 'undo' end, m.by_kind, m.by_id, null, null,
    jsonb_build_object('from', m.from_state, 'to', m.to_state), 7
  from case_move m where m.case_id = $1
  union all
  select t.created_at, 'task', t.kind, 'system', null, null, null, jsonb_build_object('dueAt', t.due_at), 7
  from task t where t.case_id = $1
  union all
  select t.done_at, 'task-done', t.kind, 'user', t.done_by, null, null, '{}', 7
  from task t where t.case_id = $1 and t.done_at is not null
  union all
  select n.created_at, 'notice', n.kind, 'system', null, null, null, jsonb_build_object('tells', n.audience), 7
  from notice n where n.case_id = $1 and n.kind = 'breach') happened
order by "at" desc, "rank" desc limit $2`;

/** What happened to a case, the newest `limit` of it, oldest first. */
export const timelineOf = async (tx: Tx, caseId: string, limit: number): Promise<TimelineRow[]> =>
  (await tx.query<TimelineRow>(timelineSql, [caseId, limit])).toReversed();

/** A review that waits for a person, or whose decision is not carried out yet. */
export interface PendingReview {
  readonly process: string;
  readonly step: string;
  readonly round: number;
  readonly state: string;
  readonly openedAt: Date;
  readonly dueAt: Date;
  readonly deferredUntil: Date | null;
  readonly claimedBy: string | null;
  readonly claimedUntil: Date | null;
  /** Of the first of two. */
  readonly signedAt: Date | null;
  readonly decidedAt: Date | null;
  /** Keys of the escalations that were told. */
  readonly told: readonly string[];
}

/** The reviews of a case that are not over, oldest first. */
export const pendingReviews = (tx: Tx, caseId: string): Promise<PendingReview[]> =>
  tx.query<PendingReview>(
    `select r.process, r.step, r.round, r.state, r.opened_at "openedAt", r.due_at "dueAt",
       case when r.deferred_until > clock_timestamp() then r.deferred_until end "deferredUntil",
       u.display_name "claimedBy", case when u.id is not null then r.lease_expires_at end "claimedUntil",
       (select s.signed_at from signature s where s.review_id = r.id and s.sequence = 1 and s.voided_at is null) "signedAt",
       d.decided_at "decidedAt",
       array(select e.unique_key from review_event e where e.review_id = r.id and e.kind = 'escalated'
         and e.unique_key is not null) told
     from review r left join decision d on d.review_id = r.id
     left join app_user u on u.id = r.claimed_by and r.lease_expires_at > clock_timestamp()
     where r.case_id = $1 and (r.state in ('open', 'awaiting-second') or d.committed_at is null and d.action <> 'reject')
     order by r.opened_at`,
    [caseId],
  );

/** Which roles people hold on a ward now, by id. */
export const rolesOnWard = async (
  tx: Tx,
  { ids, wardId }: { ids: readonly (string | null)[]; wardId: string },
): Promise<(id: string | null) => readonly string[]> => {
  const rows = await tx.query<{ id: string; roles: string[] }>(
    `select g.user_id id, array_agg(distinct g.role order by g.role) roles from role_grant g
     where g.user_id = any ($1) and (g.ward_id is null or g.ward_id = $2) group by g.user_id`,
    [[...new Set(ids.filter((id) => id !== null))], wardId],
  );
  const held = new Map(rows.map(({ id, roles }) => [id, roles]));
  return (id) => (id === null ? [] : (held.get(id) ?? []));
};

/** A case as it is found by its ticket. */
export interface TicketedCase {
  readonly caseId: string;
  readonly process: string;
  readonly state: string;
  readonly ward: { readonly id: string; readonly code: string; readonly name: string };
  readonly arrivedAt: Date;
}

/** The triage cases that had this ticket on a day (YYYY-MM-DD) of the hospital, by desk. */
export const ticketedCases = (tx: Tx, { no, day }: { no: number; day: string }): Promise<TicketedCase[]> =>
  tx.query(
    `select c.id "caseId", c.process, c.state, json_build_object('id', w.id, 'code', w.code, 'name', w.name) ward,
       t.arrived_at "arrivedAt"
     from ward w join triage_case t on t.ward_id = w.id and t.ticket_day = $2 and t.ticket_no = $3
     join cases c on c.id = t.case_id where w.organisation_id = $1 order by w.code, t.arrived_at`,
    [tx.principal.organisationId, day, no],
  );
