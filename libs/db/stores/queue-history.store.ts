import { readThrough } from '../row-cursor';
import { type Tx } from '../transaction';

/** A case of a triage desk with its times, and nothing that says who the patient is. Times are ISO, UTC. */
export interface QueueHistoryRow {
  readonly caseId: string;
  readonly wardCode: string;
  readonly wardName: string;
  readonly ticketDay: string;
  readonly ticketNo: number;
  readonly state: string;
  readonly straightToResus: boolean;
  readonly floor: string | null;
  readonly level: string | null;
  readonly decidedLevel: string | null;
  readonly arrivedAt: string;
  readonly clockStartedAt: string | null;
  readonly limitSeconds: number | null;
  readonly calledAt: string | null;
  readonly seenAt: string | null;
  /** Until seen; null where nobody was. */
  readonly waitedSeconds: number | null;
  readonly overLimit: boolean | null;
  readonly disposition: string | null;
  readonly dispositionAt: string | null;
}

/** Whose arrivals: ISO instants, `from` included, `to` not; wards, null for all of the hospital. */
export interface QueuePeriod {
  readonly from: string;
  readonly to: string;
  readonly wards: readonly string[] | null;
}

const iso = (instant: string): string => `to_char(${instant} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
const waited = `extract(epoch from v.seen_at - coalesce(t.clock_started_at, t.arrived_at))`;

const within = `c.organisation_id = $1 and c.process = 'triage' and t.arrived_at >= $2 and t.arrived_at < $3
  and ($4::uuid[] is null or t.ward_id = any($4))`;

const notUndone = `not exists (select from case_move x where x.undoes = m.id)`;

const rowsSql = `
select c.id "caseId", w.code "wardCode", w.name "wardName", t.ticket_day::text "ticketDay",
  t.ticket_no "ticketNo", c.state, t.straight_to_resus "straightToResus", t.floor, t.level,
  t.decided_level "decidedLevel", ${iso('t.arrived_at')} "arrivedAt", ${iso('t.clock_started_at')} "clockStartedAt",
  t.limit_seconds "limitSeconds", ${iso('v.called_at')} "calledAt", ${iso('v.seen_at')} "seenAt",
  round(${waited})::int "waitedSeconds", ${waited} > t.limit_seconds "overLimit", t.disposition,
  ${iso('t.disposition_at')} "dispositionAt"
from triage_case t join cases c on c.id = t.case_id join ward w on w.id = t.ward_id
cross join lateral (select min(m.at) filter (where m.move = 'call') called_at, max(m.at) filter (where m.move = 'see') seen_at
  from case_move m where m.case_id = c.id and m.move in ('call', 'see') and ${notUndone}) v
where ${within} order by t.arrived_at, c.id`;

const valuesOf = (tx: Tx, { from, to, wards }: QueuePeriod): unknown[] => [
  tx.principal.organisationId,
  from,
  to,
  wards,
];

/** How many cases arrived in a period; counts no further than `most`. */
export const countQueueHistory = async (tx: Tx, period: QueuePeriod, most: number): Promise<number> => {
  const [row] = await tx.query<{ n: number }>(
    `select count(*)::int n from (select from triage_case t join cases c on c.id = t.case_id where ${within} limit $5) found`,
    [...valuesOf(tx, period), most],
  );
  return row?.n ?? 0;
};

/** The cases that arrived in a period, oldest first. */
export const queueHistory = (tx: Tx, period: QueuePeriod): AsyncIterable<QueueHistoryRow> =>
  readThrough(tx, { cursor: 'queue_history', sql: rowsSql, values: valuesOf(tx, period) });
