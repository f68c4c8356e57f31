import { IsNull } from 'typeorm';
import { DraftEntity } from '../entities/draft.entity';
import { ReviewStaleFactEntity } from '../entities/review-stale-fact.entity';
import { SignatureEntity } from '../entities/signature.entity';
import { type Tx } from '../transaction';

/** A draft as stored, opened. */
export interface OpenedDraft {
  readonly row: DraftEntity;
  readonly content: unknown;
}

/** The draft of a review with this version; null when there is none (version 0). */
export const draftOfVersion = async (
  tx: Tx,
  { reviewId, version }: { reviewId: string; version: number },
): Promise<OpenedDraft | null> => {
  const row = version === 0 ? null : await tx.manager.findOneBy(DraftEntity, { reviewId, version });
  return row && { row, content: tx.cipher.openJson(['draft', 'content_ct', row.id], row.contentCt) };
};

/** The draft that was on offer before this version; null when it is the first. */
export const draftOfferedBefore = async (
  tx: Tx,
  { reviewId, version }: { reviewId: string; version: number },
): Promise<OpenedDraft | null> => {
  const [before] = await tx.query<{ version: number }>(
    'select max(version) "version" from draft where review_id = $1 and version < $2 and shown',
    [reviewId, version],
  );
  return draftOfVersion(tx, { reviewId, version: before?.version ?? 0 });
};

/** The facts that overtook something of a review, with their cause. */
export const overtakingFacts = async (tx: Tx, reviewId: string): Promise<ReadonlyMap<string, string>> => {
  const rows = await tx.manager.findBy(ReviewStaleFactEntity, { reviewId });
  return new Map(rows.map(({ factId, cause }) => [factId, cause]));
};

/** The signatures of a review that stand, in their order. */
export const liveSignatures = (tx: Tx, reviewId: string): Promise<SignatureEntity[]> =>
  tx.manager.find(SignatureEntity, { where: { reviewId, voidedAt: IsNull() }, order: { sequence: 'ASC' } });

/** Whether a round of drafting has come to its end, with a draft or without. */
export const isRoundOver = async (tx: Tx, reviewId: string, round: number): Promise<boolean> => {
  const [row] = await tx.query<{ over: boolean }>(
    `select exists (select 1 from draft where review_id = $1 and redraft_round = $2)
       or exists (select 1 from review_event where review_id = $1 and unique_key = $3) "over"`,
    [reviewId, round, `draft-failed:${round}`],
  );
  return row?.over ?? false;
};

/** Who started the case, asked for the review or for a redraft. */
export const initiatorsOf = async (tx: Tx, reviewId: string): Promise<string[]> => {
  const [row] = await tx.query<{ ids: (string | null)[] }>(
    `select array(select case when c.opened_by_kind = 'user' then c.opened_by end union select r.requested_by
       union select e.by_id from review_event e where e.review_id = r.id and e.kind = 'redraft-asked') ids
     from review r join cases c on c.id = r.case_id where r.id = $1`,
    [reviewId],
  );
  return (row?.ids ?? []).filter((id) => id !== null);
};

/** What a person is shown of a review in this answer; the draft's version is 0 where none is. */
export interface NewView {
  readonly reviewId: string;
  readonly userId: string;
  readonly sha256: string;
  readonly draftVersion: number;
  readonly reviewVersion: number;
  readonly factSeq: string;
}

/** Notes what the person is shown, in the transaction that reads it; versions never go back. */
export const noteView = async (tx: Tx, view: NewView): Promise<void> => {
  await tx.query(
    `insert into review_view as v (review_id, user_id, last_sha256, draft_first_shown_at, draft_version_shown,
       review_version_shown, fact_seq_shown)
     values ($1, $2, $3, case when $4 > 0 then clock_timestamp() end, $4, $5, $6)
     on conflict (review_id, user_id) do update set last_at = clock_timestamp(), last_sha256 = excluded.last_sha256,
       draft_first_shown_at = case when excluded.draft_version_shown > v.draft_version_shown
         then excluded.draft_first_shown_at else v.draft_first_shown_at end,
       draft_version_shown = greatest(v.draft_version_shown, excluded.draft_version_shown),
       review_version_shown = greatest(v.review_version_shown, excluded.review_version_shown),
       fact_seq_shown = greatest(v.fact_seq_shown, excluded.fact_seq_shown)`,
    [view.reviewId, view.userId, view.sha256, view.draftVersion, view.reviewVersion, view.factSeq],
  );
};
