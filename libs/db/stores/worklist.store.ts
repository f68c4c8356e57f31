import { type Tx } from '../transaction';

/** A review on a list; the name is still encrypted. No draft and no content. */
export interface WorklistRecord {
  readonly reviewId: string;
  readonly caseId: string;
  readonly wardId: string;
  readonly process: string;
  readonly step: string;
  readonly round: number;
  readonly state: string;
  readonly version: number;
  readonly floor: string | null;
  readonly openedAt: Date;
  readonly dueAt: Date;
  readonly overdue: boolean;
  readonly deferredUntil: Date | null;
  readonly claimedBy: string | null;
  readonly claimedByName: string | null;
  readonly leaseExpiresAt: Date | null;
  readonly draft: 'none' | 'ready' | 'failed';
  readonly patientId: string;
  readonly nameCt: Buffer;
  readonly sex: string;
  readonly ageDays: number | null;
  readonly ageEstimated: boolean;
  readonly unidentified: boolean;
  /** The due time with all its digits, for the place in the list. */
  readonly dueExactly: string;
}

/** Which reviews: at which gates on which wards (null: all), in which states, and what is asked of them. */
export interface WorklistFilter {
  readonly reach: readonly { readonly process: string; readonly step: string; readonly ward: string | null }[];
  readonly states: readonly string[];
  readonly claimedBy: string | null;
  readonly unassigned: boolean;
  readonly overdue: boolean;
  /** Those that are put off, or those that are not. */
  readonly deferred: boolean;
  /** Where to go on: due time and id of the last row. */
  readonly after: readonly [dueExactly: string, reviewId: string] | null;
  readonly limit: number;
}

const worklistSql = `
select r.id "reviewId", r.case_id "caseId", r.ward_id "wardId", r.process, r.step, r.round, r.state, r.version, r.floor,
  r.opened_at "openedAt", r.due_at "dueAt", r.due_at::text "dueExactly", r.deferred_until "deferredUntil",
  r.state in ('open', 'awaiting-second') and r.due_at < clock_timestamp() overdue,
  r.claimed_by "claimedBy", u.display_name "claimedByName", r.lease_expires_at "leaseExpiresAt",
  case when r.draft_version > 0 then 'ready' when r.draft_failed_code is not null then 'failed' else 'none' end draft,
  p.id "patientId", p.name_ct "nameCt", p.sex, p.age_days "ageDays", p.age_estimated "ageEstimated", p.unidentified
from review r
join cases c on c.id = r.case_id
join patient p on p.id = c.patient_id
left join app_user u on u.id = r.claimed_by
where r.organisation_id = $1 and r.state = any($2)
  and exists (select 1 from jsonb_to_recordset($3::jsonb) as a(process text, step text, ward uuid)
    where a.process = r.process and a.step = r.step and (a.ward is null or a.ward = r.ward_id))
  and ($4::uuid is null or (r.claimed_by = $4 and r.lease_expires_at > clock_timestamp()))
  and (not $5 or r.claimed_by is null or r.lease_expires_at <= clock_timestamp())
  and (not $6 or r.due_at < clock_timestamp())
  and $7 = coalesce(r.state in ('open', 'awaiting-second') and r.deferred_until > clock_timestamp(), false)
  and ($8::timestamptz is null or (r.due_at, r.id) > ($8::timestamptz, $9::uuid))
order by r.due_at, r.id limit $10`;

/** The reviews that fit, the first due first. */
export const worklistRecords = (tx: Tx, filter: WorklistFilter): Promise<WorklistRecord[]> =>
  tx.query<WorklistRecord>(worklistSql, [
    tx.principal.organisationId,
    filter.states,
    JSON.stringify(filter.reach),
    filter.claimedBy,
    filter.unassigned,
    filter.overdue,
    filter.deferred,
    filter.after?.[0] ?? null,
    filter.after?.[1] ?? null,
    filter.limit,
  ]);
