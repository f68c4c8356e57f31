import { type Tx } from '../transaction';

/** A decided review with what was written about it, opened. */
export interface DecidedReview {
  readonly at: string;
  readonly decisionId: string;
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
select d.decided_at::text at, d.id decision_id, d.action, r.floor, s.id signature_id, s.content_ct signed_ct,
  j.id judgement_id, j.content_ct judgement_ct, f.id draft_id, f.raw_ct, f.record, f.shown,
  (select a.detail -> 'packs' from audit a where a.case_ids @> array[r.case_id] and a.action = r.process || '.assess'
    and a.detail ->> 'factId' = r.fact_id::text limit 1) packs,
  exists (select 1 from signature h where h.id in (d.first_signature, d.second_signature)
    and h.provenance -> 'haste' <> '[]') hasty
from decision d join review r on r.id = d.review_id join signature s on s.id = d.first_signature
  left join judgement j on j.review_id = r.id and j.user_id = s.user_id
  left join draft f on f.review_id = r.id and f.redraft_round = 0
where r.process = $1 and r.organisation_id = $2 and d.action <> 'reject' and d.decided_at >= $3 and d.decided_at < $4
  and (d.decided_at, d.id) > ($5::timestamptz, $6::uuid)
order by d.decided_at, d.id limit $7`;

/** The place before the first decision. */
export const fromTheFirst: Pick<DecidedReview, 'at' | 'decisionId'> = {
  at: '-infinity',
  decisionId: '00000000-0000-0000-0000-000000000000',
};

/** The decided reviews of a process in a period (ISO instants, the end excluded) that follow one, oldest first. */
export const decidedReviews = async (
  tx: Tx,
  { process, from, to }: { process: string; from: string; to: string },
  page: { after: Pick<DecidedReview, 'at' | 'decisionId'>; limit: number },
): Promise<DecidedReview[]> => {
  const { at, decisionId } = page.after;
  const rows = await tx.query<Row>(sql, [process, tx.principal.organisationId, from, to, at, decisionId, page.limit]);
  return rows.map((row) => opened(tx, row));
};

const opened = ({ cipher }: Tx, row: Row): DecidedReview => ({
  at: row.at,
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
