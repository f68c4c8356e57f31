import { type Tx } from '../transaction';

/** What was found or asked of a patient, as the queue shows it; still encrypted. */
export interface QueueFact {
  readonly id: string;
  readonly kind: string;
  readonly source: string;
  /** Null for a machine's reading, of which only the temperature counts here. */
  readonly contentHex: string | null;
  readonly temperature: number | null;
}

/** Where a patient stands at the desk: what the order of the queue and its figures are made of. */
export interface QueuePlace {
  readonly caseId: string;
  readonly state: string;
  readonly arrivedAt: Date;
  readonly level: string | null;
  readonly provisional: boolean;
  readonly clockStartedAt: Date | null;
  readonly limitSeconds: number | null;
  readonly earlyWarning: number;
  readonly specialGroup: boolean;
  /** When a physician began to see the patient: the wait is over; null while it is not. */
  readonly seenAt: Date | null;
}

/** A patient at the desk, as stored; the name and the assessments are still encrypted. */
export interface QueueRecord extends QueuePlace {
  readonly version: number;
  readonly wardId: string;
  readonly ticketNo: number;
  readonly room: string | null;
  readonly straightToResus: boolean;
  readonly floor: string | null;
  readonly retriageSeconds: number | null;
  readonly earlyWarningIncomplete: boolean;
  readonly redScore: boolean;
  readonly lastAssessedAt: Date | null;
  readonly patientId: string;
  readonly nameCt: Buffer;
  readonly sex: string;
  readonly ageDays: number | null;
  readonly ageEstimated: boolean;
  readonly unidentified: boolean;
  readonly reviewId: string | null;
  readonly reviewState: string | null;
  readonly reviewVersion: number | null;
  readonly claimedBy: string | null;
  /** When vital signs were last measured; null: never. */
  readonly measuredAt: Date | null;
  /** What was found and asked, newest first. */
  readonly facts: readonly QueueFact[];
}

/** SQL of a {@link QueuePlace}: columns of a case `c` and its triage_case `t`. */
export const placeColumns = `c.id "caseId", c.state, t.arrived_at "arrivedAt", t.level, t.provisional, t.clock_started_at "clockStartedAt",
  t.limit_seconds "limitSeconds", t.early_warning "earlyWarning", t.special_group "specialGroup",
  case when c.state = 'seen' then (select max(m.at) from case_move m where m.case_id = c.id and m.move = 'see') end "seenAt"`;

/** SQL of {@link queuePlaces}: organisation, states, wards (null: all). */
export const queuePlacesSql = `
select ${placeColumns}
from cases c
join triage_case t on t.case_id = c.id
where c.organisation_id = $1 and c.process = 'triage' and c.ended_at is null and c.state = any($2)
  and ($3::uuid[] is null or c.ward_id = any($3))`;

const spoken = `(f.kind = 'screening' or f.source in ('person', 'prehospital'))`;

/* A monitor measures every minute: the screening reads its highest temperature, and the highest since each time a person
   put a precaution above the rules, for any of them may still stand. */
const hottest = `select (select h.id from fact h
    where h.case_id = c.id and h.kind = 'assessment' and h.vitals ? 'temperature' and h.seq > since.seq
    order by (h.vitals ->> 'temperature')::float8 desc, h.seq desc limit 1)
  from (select 0 seq union all select s.seq from fact s where s.case_id = c.id and s.kind = 'screening') since`;

/* As JSON, because node-postgres takes an array of bytes apart sign by sign, which took longer than the query. */
const newestFacts = `coalesce((select json_agg(json_build_object('id', f.id, 'kind', f.kind, 'source', f.source,
      'contentHex', case when ${spoken} then encode(f.content_ct, 'hex') end,
      'temperature', (f.vitals ->> 'temperature')::float8) order by f.seq desc)
    from fact f where f.case_id = c.id and f.kind in ('assessment', 'screening')
      and (${spoken} or f.id = any (array(${hottest})))), '[]')`;

/** SQL of {@link queueRecords}: the cases. */
export const queueRecordsSql = `
select ${placeColumns}, c.version, c.ward_id "wardId", t.ticket_no "ticketNo", t.room,
  t.straight_to_resus "straightToResus", t.floor, t.retriage_seconds "retriageSeconds",
  t.early_warning_incomplete "earlyWarningIncomplete", t.red_score "redScore", t.last_assessed_at "lastAssessedAt",
  p.id "patientId", p.name_ct "nameCt", p.sex, p.age_days "ageDays",
  p.age_estimated "ageEstimated", p.unidentified, r.id "reviewId", r.state "reviewState", r.version "reviewVersion",
  u.display_name "claimedBy",
  (select max(f.effective_at) from fact f where f.case_id = c.id and f.vitals <> '{}') "measuredAt",
  ${newestFacts} facts
from unnest($1::uuid[]) with ordinality asked (id, place)
join cases c on c.id = asked.id
join triage_case t on t.case_id = c.id
join patient p on p.id = c.patient_id
left join review r on r.case_id = c.id and r.state in ('open', 'awaiting-second')
left join app_user u on u.id = r.claimed_by and r.lease_expires_at > clock_timestamp()
order by asked.place`;

/** Where everybody stands at the desks of these wards (null: all) who is in one of these states, in no order. */
export const queuePlaces = (
  tx: Tx,
  { states, wards }: { states: readonly string[]; wards: readonly string[] | null },
): Promise<QueuePlace[]> => tx.query<QueuePlace>(queuePlacesSql, [tx.principal.organisationId, states, wards]);

/** The patients of these cases, in the same order; without those whom this person does not reach. */
export const queueRecords = (tx: Tx, caseIds: readonly string[]): Promise<QueueRecord[]> =>
  caseIds.length === 0 ? Promise.resolve([]) : tx.query<QueueRecord>(queueRecordsSql, [caseIds]);

/** The newest vital signs of a patient, as measured together. */
export interface LastVitals {
  readonly values: Readonly<Record<string, unknown>>;
  readonly at: Date;
  readonly source: string;
}

/** The newest vital signs of each of these cases that has any. */
export const lastVitals = async (tx: Tx, caseIds: readonly string[]): Promise<ReadonlyMap<string, LastVitals>> => {
  const rows = await tx.query<{ caseId: string; values: Record<string, unknown>; at: Date; source: string }>(
    `select distinct on (f.case_id) f.case_id "caseId", f.vitals "values", f.effective_at "at", f.source from fact f
     where f.case_id = any($1) and f.vitals <> '{}' order by f.case_id, f.effective_at desc, f.seq desc`,
    [caseIds],
  );
  return new Map(rows.map(({ caseId, ...vitals }) => [caseId, vitals]));
};

/** A ward with a triage desk. */
export interface DeskWard {
  readonly id: string;
  readonly code: string;
  readonly name: string;
}

/** The wards where somebody arrived since the day before yesterday, still stands in the queue, or is on the way. */
export const deskWards = (tx: Tx): Promise<DeskWard[]> =>
  tx.query<DeskWard>(
    `select w.id, w.code, w.name from ward w where w.organisation_id = $1 and (
       exists (select from triage_case t where t.ward_id = w.id and t.ticket_day >= current_date - 2)
       or exists (select from cases c where c.organisation_id = $1 and c.process = 'triage' and c.ward_id = w.id
         and c.ended_at is null)
       or exists (select from pre_notice p where p.organisation_id = $1 and p.ward_id = w.id and p.state = 'expected'))
     order by w.code`,
    [tx.principal.organisationId],
  );

/** How many of today's arrivals were seen by a physician, and how long they waited on average (seconds; null: nobody). */
export interface SeenToday {
  readonly seen: number;
  readonly averageWaitSeconds: number | null;
}

/* Tickets carry the hospital's own date, so today's arrivals are a range of an index. Day and wards are sub-selects made
   once: in a join, row security would have every case there ever was checked before its day is looked at. */
const seenSql = `
select count(*)::int seen,
  avg(extract(epoch from m.at - coalesce(t.clock_started_at, t.arrived_at)))::float8 "averageWaitSeconds"
from triage_case t
join case_move m on m.case_id = t.case_id and m.move = 'see'
  and not exists (select from case_move x where x.undoes = m.id)
where t.ticket_day = (select (now() at time zone o.time_zone)::date from organisation o where o.id = $1)
  and t.ward_id = any (array(select w.id from ward w where w.organisation_id = $1 and ($2::uuid[] is null or w.id = any($2))))`;

/** The waits of today's arrivals that are over. */
export const seenToday = async (tx: Tx, wards: readonly string[] | null): Promise<SeenToday> => {
  const [row] = await tx.query<SeenToday>(seenSql, [tx.principal.organisationId, wards]);
  return row ?? { seen: 0, averageWaitSeconds: null };
};
