import { createHash } from 'node:crypto';
import { type DataSource } from 'typeorm';
import { noOrganisation } from '#libs/auth/principal';

/* Settings of the transaction in, reach out. An unset setting is null, one of a transaction that is over is '': nobody. */
const setting = (name: string): string => `nullif(current_setting('countersign.${name}', true), '')`;

/** Who acts, as the policies ask it: each is evaluated once a statement. */
const functionsSql = `
create or replace function acting_for_installation() returns boolean stable parallel safe
  return coalesce(${setting('organisation')} = '${noOrganisation}', false);
create or replace function acting_organisation() returns uuid stable parallel safe
  return ${setting('organisation')}::uuid;
create or replace function acting_everywhere() returns boolean stable parallel safe
  return coalesce(${setting('wards')} = '*', false);
create or replace function acting_wards() returns uuid[] stable parallel safe
  return case ${setting('wards')} when '*' then '{}' else string_to_array(${setting('wards')}, ',')::uuid[] end;
create or replace function acting_actor() returns uuid stable parallel safe
  return case when ${setting('actor')} ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then ${setting('actor')}::uuid
    else acting_organisation() end;`;

const ours = 'organisation_id = (select acting_organisation())';
const everywhere = '(select acting_everywhere())';
const holdsRole = '(select acting_wards()) is not null';
const onWard = `(${everywhere} or ward_id = any ((select acting_wards())::uuid[]))`;

/* A scalar, so that PostgreSQL looks the parent up by its key and never hashes the whole table for a few rows. */
const reached = (table: string, column: string, parent: string): string =>
  `(select true from ${parent} parent where parent.id = ${table}.${column})`;

/* The case in `<process>:<case>`; null for an id of another form. */
const wokenCase = `case when workflow_id ~ ':[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
  then split_part(workflow_id, ':', 2)::uuid end`;

/** How far principals reach into a table: which of its rows exist for them. */
const reaches = {
  /** Rows of a ward on which they hold a role. */
  ward: () => `${ours} and ${onWard}`,
  /** The same, and for whoever holds any role the rows of no ward. */
  'ward or none': () => `${ours} and (${onWard} or (ward_id is null and ${holdsRole}))`,
  /** Rows of their organisation, for whoever holds any role. */
  organisation: () => `${ours} and ${holdsRole}`,
  /** Rows of their organisation, for whoever reaches all its wards. */
  'whole organisation': () => `${ours} and ${everywhere}`,
  /** Handovers that they gave, or in which something was offered to them. */
  parties: () => `${ours} and (given_by = (select acting_actor()) or id in
    (select handover_id from shift_handover_item where receiver_id = (select acting_actor())))`,
  /** What they were answered themselves. */
  actor: () => 'actor_id = (select acting_actor())',
  /** What they keep for themselves. */
  own: () => 'user_id = (select acting_actor())',
  /** What hangs on a case, or a review, that they reach: the policy of the parent decides. */
  case: (table: string) => reached(table, 'case_id', 'cases'),
  review: (table: string) => reached(table, 'review_id', 'review'),
  /** Wakes of cases of their organisation, for whoever reaches all its wards. */
  wakes: () => `${everywhere} and (select true from cases parent where parent.id = ${wokenCase})`,
  /** Nothing: only the parts that act for no organisation read it. */
  nothing: () => 'false',
} as const satisfies Record<string, (table: string) => string>;

/** Who may write, where that is not whoever may read. */
const writers = {
  'for their organisation': ours,
  anybody: '(select acting_organisation()) is not null',
} as const;

interface Secured {
  readonly rows: keyof typeof reaches;
  readonly writers?: keyof typeof writers;
  /** Rows that a written one points at and that its writer must reach too: column and table. */
  readonly on?: Readonly<Record<string, string>>;
}

/**
 * Every table with rows of patients, of what happened to them, or of one person's own. Whoever acts for the installation reaches all of them.
 * A migration that makes such a table puts it here and calls {@link securitySql} for it; a test misses it otherwise.
 */
export const securedTables: Readonly<Record<string, Secured>> = {
  patient: { rows: 'organisation' },
  patient_identifier: { rows: 'organisation', on: { patient_id: 'patient' } },
  visit: { rows: 'organisation', on: { patient_id: 'patient' } },
  cases: { rows: 'ward', on: { patient_id: 'patient', visit_id: 'visit' } },
  triage_case: { rows: 'case' },
  fact: { rows: 'case' },
  case_move: { rows: 'case' },
  admission_request: { rows: 'organisation', on: { case_id: 'cases' } },
  pre_notice: { rows: 'ward', on: { case_id: 'cases' } },
  task: { rows: 'ward', on: { case_id: 'cases' } },
  notice: { rows: 'ward or none', on: { case_id: 'cases', review_id: 'review' } },
  review: { rows: 'ward', on: { case_id: 'cases' } },
  draft: { rows: 'review' },
  review_stale_fact: { rows: 'review' },
  review_event: { rows: 'review' },
  review_view: { rows: 'review' },
  judgement: { rows: 'review' },
  signature: { rows: 'review' },
  decision: { rows: 'review' },
  amendment: { rows: 'review' },
  shift_handover: { rows: 'parties' },
  // Its handover is not asked for here: that one's policy asks for its items.
  shift_handover_item: { rows: 'review' },
  inbound_message: { rows: 'whole organisation' },
  audit: { rows: 'whole organisation', writers: 'for their organisation' },
  stored_reply: { rows: 'actor' },
  person_preferences: { rows: 'own' },
  saved_filter: { rows: 'own' },
  outbox: { rows: 'wakes', writers: 'anybody' },
  change_feed: { rows: 'nothing', writers: 'for their organisation' },
};

/** The tables without rows of patients: who works here, with which rights and settings, the tickets of a desk's day, our processes. */
export const openTables: readonly string[] = [
  'organisation',
  'ward',
  'app_user',
  'role_grant',
  'session',
  'service_account',
  'kiosk',
  'setting',
  'manual_switch',
  'rule_pack_set',
  'rule_pack_approval',
  'encryption_key',
  'ticket_counter',
  'worker_heartbeat',
  'migrations',
];

const forInstallation = (otherwise: string): string => `(select acting_for_installation()) or (${otherwise})`;

/** The policy of a table: who reads a row, and what a written one must fit. */
const policyOf = (table: string): string => {
  const secured = securedTables[table];
  if (!secured) throw new RangeError(`nothing is said about who reaches ${table}`);
  const { rows, writers: writing, on = {} } = secured;
  const reads = reaches[rows](table);
  const parents = Object.entries(on).map(
    ([column, parent]) => `(${table}.${column} is null or ${reached(table, column, parent)})`,
  );
  const writes = [writing ? writers[writing] : reads, ...parents].join(' and ');
  return `using (${forInstallation(reads)}) with check (${forInstallation(writes)})`;
};

/** By this a ledger whose policy another release made is told from one that is up to date. */
const markOf = (table: string): string =>
  createHash('sha256')
    .update(functionsSql + policyOf(table))
    .digest('hex');

const secureSql = (table: string): string => `
drop policy if exists reach on ${table};
create policy reach on ${table} ${policyOf(table)};
comment on policy reach on ${table} is '${markOf(table)}';
alter table ${table} enable row level security, force row level security;`;

/**
 * SQL that puts row security on these tables, as often as one likes; a changed policy needs a migration that makes it
 * again. FORCE, because otherwise the owner of a table is exempt.
 */
export const securitySql = (tables: readonly string[]): string => functionsSql + tables.map(secureSql).join('');

const unsecuredSql = `
select c.relname "table" from unnest($1::text[], $2::text[]) as secured (name, mark)
join pg_class c on c.oid = to_regclass('public.' || secured.name)
where not (c.relrowsecurity and c.relforcerowsecurity
  and (select array_agg(obj_description(p.oid, 'pg_policy')) = array[secured.mark] is true
    from pg_policy p where p.polrelid = c.oid))
order by 1`;

/** Those of the secured tables on which row security is not in force as it was made. */
export const unsecuredTables = async (source: DataSource): Promise<string[]> => {
  const tables = Object.keys(securedTables);
  return (await source.query<{ table: string }[]>(unsecuredSql, [tables, tables.map(markOf)])).map(
    ({ table }) => table,
  );
};
