import { type Tx } from '../transaction';
import { placeColumns, type QueueRecord } from './triage-queue.store';

/** A patient as boards know them: no complaint and no findings. The name is still encrypted. */
export interface BoardPatient extends Omit<
  QueueRecord,
  | 'version'
  | 'wardId'
  | 'floor'
  | 'earlyWarningIncomplete'
  | 'redScore'
  | 'sex'
  | 'ageDays'
  | 'ageEstimated'
  | 'reviewId'
  | 'reviewState'
  | 'reviewVersion'
  | 'claimedBy'
  | 'facts'
> {
  /** When the patient was called; null while nobody did. */
  readonly calledAt: Date | null;
}

const patientsSql = `
select ${placeColumns}, t.ticket_no "ticketNo", t.room, t.straight_to_resus "straightToResus",
  t.retriage_seconds "retriageSeconds", t.last_assessed_at "lastAssessedAt",
  (select max(f.effective_at) from fact f where f.case_id = c.id and f.vitals <> '{}') "measuredAt",
  case when c.state = 'called' then (select max(m.at) from case_move m where m.case_id = c.id and m.move = 'call') end "calledAt",
  p.id "patientId", p.name_ct "nameCt", p.unidentified
from cases c
join triage_case t on t.case_id = c.id
join patient p on p.id = c.patient_id
where c.organisation_id = $1 and c.ward_id = $2 and c.process = 'triage' and c.ended_at is null and c.state = any($3)`;

/** The patients at the desk of a ward who are in one of these states, in no order. */
export const boardPatients = (tx: Tx, of: { wardId: string; states: readonly string[] }): Promise<BoardPatient[]> =>
  tx.query<BoardPatient>(patientsSql, [tx.principal.organisationId, of.wardId, of.states]);

/** A wait that is over: of which level, and how long it was (seconds). */
export interface PastWait {
  readonly level: string | null;
  readonly seconds: number;
}

/* The day is a sub-select made once, for the same reason as with those seen today (triage-queue.store). */
const pastWaitsSql = `
select t.level, extract(epoch from m.at - coalesce(t.clock_started_at, t.arrived_at))::float8 seconds
from triage_case t
join case_move m on m.case_id = t.case_id and m.move = 'see'
  and not exists (select from case_move x where x.undoes = m.id)
where t.ward_id = $2 and not t.straight_to_resus and m.at > clock_timestamp() - $3::int * interval '1 minute'
  and t.ticket_day >= (select (now() at time zone o.time_zone)::date - 1 from organisation o where o.id = $1)`;

/** The waits that ended on a ward in the last minutes: a physician began to see the patient. */
export const pastWaits = (tx: Tx, of: { wardId: string; minutes: number }): Promise<PastWait[]> =>
  tx.query<PastWait>(pastWaitsSql, [tx.principal.organisationId, of.wardId, of.minutes]);

/** How many reviews wait at a gate, and how many of them too long. */
export interface WaitingAtGate {
  readonly process: string;
  readonly step: string;
  readonly waiting: number;
  readonly overdue: number;
}

const waitingSql = `
select r.process, r.step, count(*)::int waiting, (count(*) filter (where r.due_at < clock_timestamp()))::int overdue
from review r
where r.organisation_id = $1 and r.ward_id = $2 and r.state in ('open', 'awaiting-second')
  and (r.deferred_until is null or r.deferred_until <= clock_timestamp())
group by r.process, r.step`;

/** The reviews of a ward that wait for a person, by gate; without those put off until later, as on the worklist. */
export const reviewsWaiting = (tx: Tx, wardId: string): Promise<WaitingAtGate[]> =>
  tx.query<WaitingAtGate>(waitingSql, [tx.principal.organisationId, wardId]);

/** The name of a ward. Throws where there is none. */
export const wardName = async (tx: Tx, wardId: string): Promise<string> => {
  const [row] = await tx.query<{ name: string }>('select name from ward where organisation_id = $1 and id = $2', [
    tx.principal.organisationId,
    wardId,
  ]);
  if (!row) throw new TypeError('the ward of a kiosk is not in the ledger');
  return row.name;
};
