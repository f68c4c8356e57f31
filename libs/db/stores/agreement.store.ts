import { type Tx } from '../transaction';

/** A decided review with what was written about it, opened. */
export interface DecidedReview {
  readonly at: string;
  /** The Monday of its week in the hospital's time, as a date. */
  readonly week: string;
  readonly decisionId: string;
  readonly signedBy: string;
  /** From the first look at the review to the first signature; null where the signer never looked. */
  readonly secondsOpen: number | null;
  readonly action: string;
  readonly floor: string | null;
  readonly signed: unknown;
  /** The own judgement of whoever signed first; null where none was asked for. */
  readonly judgement: unknown;
  /** The first draft as the model wrote it, and how it came about; null where there was none. */
  readonly draft: { readonly answer: unknown; readonly record: unknown; readonly shown: boolean } | null;
  /** The packs by which the rules read the assessment; null where the audit does not tell. */
  readonly packs: readonly { readonly id: string; readonly version: string }[] | null;
  /** Whether one of its signatures was given faster than anybody reads. */
  readonly hasty: boolean;
}

interface Row {
  at: string;
  week: string;
  signed_by: string;
  seconds_open: number | null;
  decision_id: string;
  action: string;
  floor: string | null;
  signature_id: string;
  signed_ct: Buffer;
  judgement_id: string | null;
  judgement_ct: Buffer | null;
  draft_id: string | null;
  raw_ct: Buffer | null;
  record: unknown;
  shown: boolean | null;
  packs: DecidedReview['packs'];
  hasty: boolean;
}

const sql = `
select d.decided_at::text at, to_char(date_trunc('week', d.decided_at at time zone (select o.time_zone from organisation o
    where o.id = $2)), 'YYYY-MM-DD') week, s.user_id signed_by, (s.provenance ->> 'secondsOpen')::float8 seconds_open,
  d.id decision_id, d.action, r.floor, s.id signature_id, s.content_ct signed_ct,
  j.id judgement_id, j.content_ct judgement_ct, f.id draft_id, f.raw_ct, f.record, f.shown,
  (select a.detail -> 'packs' from audit a where a.case_ids @> array[r.case_id] and a.action = r.process || '.assess'
    and a.detail ->> 'factId' = r.fact_id::text limit 1) packs,
  exists (select 1 from signature h where h.id in (d.first_signature, d.second_signature)
    and h.provenance -> 'haste' <> '[]') hasty
from decision d join review r on r.id = d.review_id join signature s on s.id = d.first_signature
  left join judgement j on j.review_id = r.id and j.user_id = s.user_id
  left join draft f on f.review_id = r.id and f.redraft_round = 0
where r.process = $1 and r.organisation_id = $2 and d.action <> 'reject' and d.decided_at >= $3 and d.decided_at < $4
  and (d.decided_at, d.id) > ($5::timestamptz, $6::uuid) and ($8::uuid[] is null or r.ward_id = any ($8))
order by d.decided_at, d.id limit $7`;

/** The place before the first decision. */
export const fromTheFirst: Pick<DecidedReview, 'at' | 'decisionId'> = {
  at: '-infinity',
  decisionId: '00000000-0000-0000-0000-000000000000',
};

/** Which decisions: of a process, in a period (ISO instants, the end excluded), on these wards (absent or null: all). */
export interface DecidedIn {
  readonly process: string;
  readonly from: string;
  readonly to: string;
  readonly wards?: readonly string[] | null;
}

/** The decided reviews that follow one, oldest first. */
export const decidedReviews = async (
  tx: Tx,
  { process, from, to, wards = null }: DecidedIn,
  page: { after: Pick<DecidedReview, 'at' | 'decisionId'>; limit: number },
): Promise<DecidedReview[]> => {
  const { at, decisionId } = page.after;
  const { organisationId } = tx.principal;
  const rows = await tx.query<Row>(sql, [process, organisationId, from, to, at, decisionId, page.limit, wards]);
  return rows.map((row) => opened(tx, row));
};

const opened = ({ cipher }: Tx, row: Row): DecidedReview => ({
  at: row.at,
  week: row.week,
  signedBy: row.signed_by,
  secondsOpen: row.seconds_open,
  decisionId: row.decision_id,
  action: row.action,
  floor: row.floor,
  signed: cipher.openJson(['signature', 'content_ct', row.signature_id], row.signed_ct),
  judgement:
    row.judgement_id && row.judgement_ct
      ? cipher.openJson(['judgement', 'content_ct', row.judgement_id], row.judgement_ct)
      : null,
  draft:
    row.draft_id && row.raw_ct
      ? {
          answer: (cipher.openJson(['draft', 'raw_ct', row.draft_id], row.raw_ct) as { answer: unknown }).answer,
          record: row.record,
          shown: row.shown === true,
        }
      : null,
  packs: row.packs,
  hasty: row.hasty,
});
