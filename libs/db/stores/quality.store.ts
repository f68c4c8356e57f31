import { type Tx } from '../transaction';

/** How reviews were signed beside a draft that was shown. */
export interface QualityCount {
  readonly signed: number;
  /** Of these the draft exactly as it was. */
  readonly unchanged: number;
  /** From the draft's coming to the signature; null where nothing was signed. */
  readonly medianSeconds: number | null;
  /** Given faster than anybody reads. */
  readonly hasty: number;
  /** How many people other than the one who asks gave them. */
  readonly others: number;
}

/** Which first signatures: of a process (null: of all) in a period, of one person (null: of everybody within reach). */
export interface QualityPeriod {
  readonly process: string | null;
  readonly from: Date;
  /** Excluded; null: up to now. */
  readonly until: Date | null;
  readonly of: string | null;
  readonly askedBy: string;
}

/* A first signature that stands, with a draft before the signer's eyes. Where a newer draft was shown to them since, how
   long the signed one was is not known any more. */
const sql = `
with signed as (
  select s.user_id, s.provenance -> 'haste' <> '[]' hasty,
    s.action = 'approve' or s.action = 'amend' and (s.provenance ->> 'editDistance')::numeric = 0 unchanged,
    case when v.draft_first_shown_at <= s.signed_at then extract(epoch from s.signed_at - v.draft_first_shown_at) end seconds
  from signature s join review r on r.id = s.review_id
    left join review_view v on v.review_id = s.review_id and v.user_id = s.user_id
  where s.sequence = 1 and s.voided_at is null and (s.provenance ->> 'draftVersionShown')::int > 0
    and r.organisation_id = $1 and ($2::text is null or r.process = $2)
    and s.signed_at >= $3 and ($4::timestamptz is null or s.signed_at < $4) and ($5::uuid is null or s.user_id = $5)
)
select count(*)::int signed, (count(*) filter (where unchanged))::int unchanged,
  percentile_cont(0.5) within group (order by seconds)::float8 "medianSeconds", (count(*) filter (where hasty))::int hasty,
  (count(distinct user_id) filter (where user_id <> $6))::int others
from signed`;

/** Counts the signatures of a period that the principal reaches. */
export const countQuality = async (tx: Tx, period: QualityPeriod): Promise<QualityCount> => {
  const { process, from, until, of, askedBy } = period;
  const [row] = await tx.query<QualityCount>(sql, [tx.principal.organisationId, process, from, until, of, askedBy]);
  return row ?? { signed: 0, unchanged: 0, medianSeconds: null, hasty: 0, others: 0 };
};

/** The beginning of the hospital's day at a moment, and of the day so many days before. */
export const daysBefore = async (tx: Tx, now: Date, days: number): Promise<{ from: Date; today: Date }> => {
  const day = `date_trunc('day', $1::timestamptz at time zone time_zone)`;
  const [row] = await tx.query<{ from: Date; today: Date }>(
    `select (${day} - make_interval(days => $2)) at time zone time_zone "from", ${day} at time zone time_zone today
     from organisation where id = $3`,
    [now, days, tx.principal.organisationId],
  );
  if (!row) throw new Error('a principal of no organisation');
  return row;
};
