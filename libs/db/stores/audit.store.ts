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

/** Which rows: all of those given must fit. Times are ISO instants, `from` included, `to` not. */
export interface AuditFilter {
  readonly caseId?: string | undefined;
  readonly actorId?: string | undefined;
  readonly action?: string | undefined;
  readonly outcome?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** After which row to go on: the time and id of the last one read. */
export interface AuditPosition {
  readonly at: string;
  readonly id: string;
}

const searchSql = `
select id, to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') "at", actor_kind "actorKind",
  actor_id "actorId", actor_name "actorName", actor_roles "actorRoles", request_id "requestId", action,
  entity_type "entityType", entity_id "entityId", case_ids "caseIds", outcome, code, before_sha256 "beforeSha256",
  after_sha256 "afterSha256", detail
from audit
where organisation_id = $1
  and ($2::uuid is null or case_ids @> array[$2::uuid])
  and ($3::uuid is null or actor_id = $3)
  and ($4::text is null or action = $4)
  and ($5::text is null or outcome = $5)
  and ($6::timestamptz is null or at >= $6)
  and ($7::timestamptz is null or at < $7)
  and ($8::timestamptz is null or (at, id) < ($8, $9::uuid))
order by at desc, id desc limit $10`;

/** Searches the organisation's audit, newest first. */
export const searchAudit = (
  tx: Tx,
  filter: AuditFilter,
  page: { after: AuditPosition | null; limit: number },
): Promise<AuditRow[]> =>
  tx.query(searchSql, [
    tx.principal.organisationId,
    ...[filter.caseId, filter.actorId, filter.action, filter.outcome, filter.from, filter.to].map(orNull),
    ...[page.after?.at, page.after?.id].map(orNull),
    page.limit,
  ]);

const orNull = (value: string | undefined): string | null => value ?? null;
