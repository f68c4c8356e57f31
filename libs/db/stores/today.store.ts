import { type Tx } from '../transaction';

/** The hospital's own day. */
export interface HospitalDay {
  /** YYYY-MM-DD */
  readonly date: string;
  readonly startsAt: Date;
}

/** Which rows of a day: since when, on which wards (null: all). */
export interface OfDay {
  readonly since: Date;
  readonly wards: readonly string[] | null;
}

/** The day it is at the hospital. */
export const hospitalDay = async (tx: Tx): Promise<HospitalDay> => {
  const [day] = await tx.query<HospitalDay>(
    `select to_char(l.now, 'YYYY-MM-DD') date, date_trunc('day', l.now) at time zone l.zone "startsAt"
     from (select now() at time zone time_zone "now", time_zone zone from organisation where id = $1) l`,
    [tx.principal.organisationId],
  );
  if (!day) throw new Error('there is no hospital of this id');
  return day;
};

/** How many reviews wait at a gate: of all of them the deferred ones, those that lack a second signature, the overdue. */
export interface WaitingAtGate {
  readonly process: string;
  readonly step: string;
  readonly waiting: number;
  readonly awaitingSecond: number;
  readonly deferred: number;
  readonly overdue: number;
  readonly oldestOpenedAt: Date;
}

/** The reviews that wait for a person, by gate; a gate at which none waits is left out. */
export const waitingAtGates = (tx: Tx, wards: readonly string[] | null): Promise<WaitingAtGate[]> =>
  tx.query<WaitingAtGate>(
    `select process, step, count(*)::int waiting, (count(*) filter (where state = 'awaiting-second'))::int "awaitingSecond",
       (count(*) filter (where deferred_until > clock_timestamp()))::int deferred,
       (count(*) filter (where due_at < clock_timestamp()))::int overdue, min(opened_at) "oldestOpenedAt"
     from review where organisation_id = $1 and state in ('open', 'awaiting-second') and ($2::uuid[] is null or ward_id = any ($2))
     group by process, step`,
    [tx.principal.organisationId, wards],
  );

/** A number of something, by process and by what. */
export interface Counted {
  readonly process: string;
  readonly what: string;
  readonly n: number;
}

const countedSql = (what: string, from: string, at: string): string => `
select r.process, ${what} what, count(*)::int n from ${from}
where r.organisation_id = $1 and ${at} >= $2 and ($3::uuid[] is null or r.ward_id = any ($3))
group by 1, 2 order by 1, 2`;

const counted = (tx: Tx, sql: string, { since, wards }: OfDay): Promise<Counted[]> =>
  tx.query<Counted>(sql, [tx.principal.organisationId, since, wards]);

/** Decisions by what was done. */
export const decisionsSince = (tx: Tx, of: OfDay): Promise<Counted[]> =>
  counted(tx, countedSql('d.action', 'decision d join review r on r.id = d.review_id', 'd.decided_at'), of);

/** Drafts by whether they were shown (`shown`) or only stored (`stored`). */
export const draftsSince = (tx: Tx, of: OfDay): Promise<Counted[]> => {
  const what = `case when d.shown then 'shown' else 'stored' end`;
  return counted(tx, countedSql(what, 'draft d join review r on r.id = d.review_id', 'd.created_at'), of);
};

/** Drafts that did not come about, by code. */
export const draftFailuresSince = (tx: Tx, of: OfDay): Promise<Counted[]> => {
  const from = `review_event e join review r on r.id = e.review_id and e.kind = 'draft-failed'`;
  return counted(tx, countedSql(`coalesce(e.data ->> 'code', 'UNKNOWN')`, from, 'e.at'), of);
};

/** The waits of a level: the longest of today's arrivals, over or still going on, and how many passed their limit today. */
export interface LevelWaits {
  /** Null: not assessed. */
  readonly level: string | null;
  readonly longestSeconds: number | null;
  readonly breaches: number;
}

/* A wait ends when a physician sees the patient (and that is not taken back) or the case ends. Level I has no limit that
   could be passed: it is over at once. A day before is looked at too, for who arrived before midnight. */
const waitsSql = `
select w.level, (max(extract(epoch from w.until - w.since)) filter (where w.day = $2::date))::float8 "longestSeconds",
  (count(*) filter (where w.clocked and w.until > w.breaks_at and w.breaks_at >= $3))::int breaches
from (
  select t.level, t.ticket_day "day", coalesce(t.clock_started_at, t.arrived_at) since,
    t.clock_started_at is not null and t.limit_seconds > 0 clocked,
    t.clock_started_at + t.limit_seconds * $4::float8 * interval '1 second' breaks_at,
    coalesce((select m.at from case_move m where m.case_id = t.case_id and m.move = 'see'
      and not exists (select from case_move x where x.undoes = m.id) order by m.seq limit 1), c.ended_at, clock_timestamp()) until
  from triage_case t join cases c on c.id = t.case_id and c.state <> 'cancelled'
  where t.ticket_day >= $2::date - 1
    and t.ward_id = any (array(select w.id from ward w where w.organisation_id = $1 and ($5::uuid[] is null or w.id = any ($5))))
) w group by w.level`;

/** How patients waited today, by level; `timeScale`: how contract time passes. */
export const waitsToday = (
  tx: Tx,
  { day, wards, timeScale }: { day: HospitalDay; wards: readonly string[] | null; timeScale: number },
): Promise<LevelWaits[]> =>
  tx.query<LevelWaits>(waitsSql, [tx.principal.organisationId, day.date, day.startsAt, timeScale, wards]);
