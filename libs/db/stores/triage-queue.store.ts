import { type Tx } from '../transaction';

/** A patient at the desk, as stored; the name and the assessments are still encrypted. */
export interface QueueRecord {
  readonly caseId: string;
  readonly version: number;
  readonly state: string;
  readonly wardId: string;
  readonly ticketNo: number;
  readonly room: string | null;
  readonly arrivedAt: Date;
  readonly straightToResus: boolean;
  readonly floor: string | null;
  readonly level: string | null;
  readonly provisional: boolean;
  readonly clockStartedAt: Date | null;
  readonly limitSeconds: number | null;
  readonly retriageSeconds: number | null;
  readonly earlyWarning: number;
  readonly earlyWarningIncomplete: boolean;
  readonly redScore: boolean;
  readonly specialGroup: boolean;
  readonly lastAssessedAt: Date | null;
  /** When a physician began to see the patient: the wait is over; null while it is not. */
  readonly seenAt: Date | null;
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
  /** The newest assessments by a person, newest first; ids beside their contents. */
  readonly factIds: readonly string[];
  readonly factContents: readonly Buffer[];
}

const newestAssessments = (column: string): string =>
  `array(select f.${column} from fact f where f.case_id = c.id and f.kind = 'assessment' and f.source = 'person'
    order by f.seq desc limit 5)`;

const queueSql = `
select c.id "caseId", c.version, c.state, c.ward_id "wardId", t.ticket_no "ticketNo", t.room, t.arrived_at "arrivedAt",
  t.straight_to_resus "straightToResus", t.floor, t.level, t.provisional, t.clock_started_at "clockStartedAt",
  t.limit_seconds "limitSeconds", t.retriage_seconds "retriageSeconds", t.early_warning "earlyWarning",
  t.early_warning_incomplete "earlyWarningIncomplete", t.red_score "redScore", t.special_group "specialGroup",
  t.last_assessed_at "lastAssessedAt",
  case when c.state = 'seen' then (select max(m.at) from case_move m where m.case_id = c.id and m.move = 'see') end "seenAt",
  p.id "patientId", p.name_ct "nameCt", p.sex, p.age_days "ageDays",
  p.age_estimated "ageEstimated", p.unidentified, r.id "reviewId", r.state "reviewState", r.version "reviewVersion",
  u.display_name "claimedBy",
  (select max(f.effective_at) from fact f where f.case_id = c.id and f.vitals <> '{}') "measuredAt",
  ${newestAssessments('id')} "factIds", ${newestAssessments('content_ct')} "factContents"
from cases c
join triage_case t on t.case_id = c.id
join patient p on p.id = c.patient_id
left join review r on r.case_id = c.id and r.state in ('open', 'awaiting-second')
left join app_user u on u.id = r.claimed_by and r.lease_expires_at > clock_timestamp()
where c.organisation_id = $1 and c.process = 'triage' and c.ended_at is null and c.state = any($2)
  and ($3::uuid[] is null or c.ward_id = any($3))`;

/** Everybody at the desks of these wards (null: all) in one of these states, in no order. */
export const queueRecords = (
  tx: Tx,
  { states, wards }: { states: readonly string[]; wards: readonly string[] | null },
): Promise<QueueRecord[]> => tx.query<QueueRecord>(queueSql, [tx.principal.organisationId, states, wards]);

/** How many of today's arrivals were seen by a physician, and how long they waited on average (seconds; null: nobody). */
export interface SeenToday {
  readonly seen: number;
  readonly averageWaitSeconds: number | null;
}

/* Tickets carry the hospital's own date, so today's arrivals are a range of an index. */
const seenSql = `
select count(*)::int seen,
  avg(extract(epoch from m.at - coalesce(t.clock_started_at, t.arrived_at)))::float8 "averageWaitSeconds"
from triage_case t
join organisation o on o.id = $1
join case_move m on m.case_id = t.case_id and m.move = 'see'
  and not exists (select from case_move x where x.undoes = m.id)
where t.ticket_day = (now() at time zone o.time_zone)::date
  and t.ward_id in (select w.id from ward w where w.organisation_id = $1 and ($2::uuid[] is null or w.id = any($2)))`;

/** The waits of today's arrivals that are over. */
export const seenToday = async (tx: Tx, wards: readonly string[] | null): Promise<SeenToday> => {
  const [row] = await tx.query<SeenToday>(seenSql, [tx.principal.organisationId, wards]);
  return row ?? { seen: 0, averageWaitSeconds: null };
};
