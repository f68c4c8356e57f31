import { readThrough } from '../row-cursor';
import { type Tx } from '../transaction';

/** A row of the audit as auditors read it. */
export interface AuditRow {
  readonly id: string;
  /** ISO 8601 with microseconds. */
  readonly at: string;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly actorName: string;
  readonly actorRoles: readonly string[];
  readonly requestId: string | null;
  readonly action: string;
  readonly entityType: string;
  readonly entityId: string | null;
  readonly caseIds: readonly string[];
  readonly outcome: string;
  readonly code: string | null;
  readonly beforeSha256: string | null;
  readonly afterSha256: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

/**
 * Which rows: all of those given must fit. Times are ISO instants, `from` included, `to` not. Of `caseIds` one must be named
 * in the row; `actor` is whoever had this name then or is one of these accounts.
 */
export interface AuditFilter {
  readonly caseIds?: readonly string[] | undefined;
  readonly actorId?: string | undefined;
  readonly actor?: { readonly name: string; readonly ids: readonly string[] } | undefined;
  readonly entityType?: string | undefined;
  readonly action?: string | undefined;
  readonly actionPrefix?: string | undefined;
  readonly outcome?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** After which row to go on: the time and id of the last one read. */
export interface AuditPosition {
  readonly at: string;
  readonly id: string;
}

/* Bounds that always hold something keep to the index by time, however the statement is planned. */
const fits = `organisation_id = $1
  and ($2::uuid[] is null or case_ids && $2)
  and ($3::uuid is null or actor_id = $3)
  and ($4::text is null or actor_name = $4 or actor_id = any($5::uuid[]))
  and ($6::text is null or entity_type = $6)
  and ($7::text is null or action = $7)
  and ($8::text is null or starts_with(action, $8))
  and ($9::text is null or outcome = $9)
  and at >= coalesce($10::timestamptz, '-infinity') and at < coalesce($11::timestamptz, 'infinity')`;

const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

const foundSql = `
select id, to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') "at", actor_kind "actorKind",
  actor_id "actorId", actor_name "actorName", actor_roles "actorRoles", request_id "requestId", action,
  entity_type "entityType", entity_id "entityId", case_ids "caseIds", outcome, code, before_sha256 "beforeSha256",
  after_sha256 "afterSha256", detail
from audit
where ${fits}`;

const newestFirst = 'order by audit.at desc, id desc';

const searchSql = `${foundSql}
  and (at, id) < (coalesce($12::timestamptz, 'infinity'), coalesce($13::uuid, '${lastId}'))
${newestFirst} limit $14`;

const valuesOf = (tx: Tx, filter: AuditFilter): unknown[] => {
  const { caseIds, actorId, actor, entityType, action, actionPrefix, outcome, from, to } = filter;
  const given = [caseIds, actorId, actor?.name, actor?.ids, entityType, action, actionPrefix, outcome, from, to];
  return [tx.principal.organisationId, ...given.map((value) => value ?? null)];
};

/** Searches the organisation's audit, newest first. */
export const searchAudit = (
  tx: Tx,
  filter: AuditFilter,
  page: { after: AuditPosition | null; limit: number },
): Promise<AuditRow[]> =>
  tx.query(searchSql, [...valuesOf(tx, filter), page.after?.at ?? null, page.after?.id ?? null, page.limit]);

/** All rows that fit, newest first. */
export const readAudit = (tx: Tx, filter: AuditFilter): AsyncIterable<AuditRow> =>
  readThrough(tx, { cursor: 'found_audit', sql: `${foundSql} ${newestFirst}`, values: valuesOf(tx, filter) });

/** How many rows fit; counts no further than `most`. */
export const countAudit = async (tx: Tx, filter: AuditFilter, most: number): Promise<number> => {
  const [row] = await tx.query<{ n: number }>(
    `select count(*)::int n from (select from audit where ${fits} limit $12) found`,
    [...valuesOf(tx, filter), most],
  );
  return row?.n ?? 0;
};

/** The accounts, of people and machines, that somebody may mean by a display name or an exact login. */
export const accountsNamed = async (tx: Tx, name: string): Promise<string[]> => {
  const rows = await tx.query<{ id: string }>(
    `select id from app_user where organisation_id = $1 and (display_name = $2 or login = lower($2))
     union all select id from service_account where organisation_id = $1 and name = $2`,
    [tx.principal.organisationId, name],
  );
  return rows.map(({ id }) => id);
};

/** The triage cases that had this ticket on a day (YYYY-MM-DD) of the hospital, at any of its desks. */
export const casesTicketed = async (tx: Tx, { no, day }: { no: number; day: string }): Promise<string[]> => {
  const rows = await tx.query<{ id: string }>(
    `select c.id from ward w join triage_case t on t.ward_id = w.id and t.ticket_day = $2 and t.ticket_no = $3
     join cases c on c.id = t.case_id where w.organisation_id = $1`,
    [tx.principal.organisationId, day, no],
  );
  return rows.map(({ id }) => id);
};

/** The cases of a visit. */
export const casesOfVisit = async (tx: Tx, visitId: string): Promise<string[]> => {
  const rows = await tx.query<{ id: string }>('select id from cases where organisation_id = $1 and visit_id = $2', [
    tx.principal.organisationId,
    visitId,
  ]);
  return rows.map(({ id }) => id);
};
