import { type Query } from '#libs/invariants/violation';

/** A line of the ledger's own account of the day. */
export interface LedgerLine {
  readonly what: string;
  readonly number: number;
}

/** What the ledger says of the day; each is one number by its name. */
const accounts: readonly string[] = [
  `select process || ' cases' what, count(*)::int number from cases group by 1`,
  `select 'cases now ' || state what, count(*)::int number from cases group by state`,
  `select 'decisions: ' || action what, count(*)::int number from decision group by action`,
  `select 'second signatures' what, count(*)::int number from signature where sequence = 2`,
  `select 'drafts' what, count(*)::int number from draft`,
  `select 'assessments by ' || source what, count(*)::int number from fact where kind = 'assessment' group by source`,
  `select 'messages ' || outcome what, count(*)::int number from inbound_message group by outcome`,
  `select 'notices: ' || kind what, count(*)::int number from notice group by kind`,
  `select 'tasks: ' || kind what, count(*)::int number from task group by kind`,
  `select 'audit rows' what, count(*)::int number from audit`,
];

/** Reads the ledger's account of the day. */
export const ledgerLines = async (query: Query): Promise<LedgerLine[]> => {
  const lines: LedgerLine[] = [];
  for (const sql of accounts) lines.push(...(await query<LedgerLine>(`${sql} order by 1`)));
  return lines;
};

/** How many cases the day opened. */
export const casesOpened = async (query: Query): Promise<number> => {
  const [row] = await query<{ number: number }>('select count(*)::int number from cases');
  return row?.number ?? 0;
};

/** How long after being decided decisions were carried out by their workflows, ms. */
export const carriedOutMs = async (query: Query): Promise<number[]> => {
  const rows = await query<{ ms: number }>(
    `select (extract(epoch from committed_at - decided_at) * 1000)::float8 ms from decision where committed_at is not null`,
  );
  return rows.map(({ ms }) => ms);
};

/** What was decided, and carried out, first after an instant; ms after it, null where nothing was. */
export const firstAfter = async (
  query: Query,
  at: string,
): Promise<{ decidedMs: number | null; carriedOutMs: number | null }> => {
  const [row] = await query<{ decidedMs: number | null; carriedOutMs: number | null }>(
    `select (extract(epoch from min(decided_at) filter (where decided_at > $1) - $1) * 1000)::float8 "decidedMs",
       (extract(epoch from min(committed_at) filter (where committed_at > $1) - $1) * 1000)::float8 "carriedOutMs"
     from decision`.replaceAll('$1', '$1::timestamptz'),
    [at],
  );
  return row ?? { decidedMs: null, carriedOutMs: null };
};

/** Decisions between two instants, by action. */
export const decidedBetween = async (query: Query, from: string, to: string): Promise<LedgerLine[]> =>
  query<LedgerLine>(
    `select action what, count(*)::int number from decision where decided_at >= $1 and decided_at < $2 group by action order by 1`,
    [from, to],
  );

/** By which versions of the rule packs assessments were judged, before and after an instant. */
export const packsUsed = async (query: Query, at: string): Promise<{ before: string[]; after: string[] }> => {
  const rows = await query<{ late: boolean; versions: string }>(
    `select distinct at > $1::timestamptz late, concat(pack->>'id', ' ', pack->>'version') versions
     from audit, jsonb_array_elements(detail->'packs') pack where action = 'triage.assess' order by 1, 2`,
    [at],
  );
  const of = (late: boolean): string[] => rows.filter((row) => row.late === late).map(({ versions }) => versions);
  return { before: of(false), after: of(true) };
};
