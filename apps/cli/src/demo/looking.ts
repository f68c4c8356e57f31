import { type Stage } from './stage';
import { until } from './until';

/** A draft as the ledger has it. */
export interface StoredDraft {
  readonly version: number;
  readonly level: string | null;
  readonly model: string;
  readonly rehearsal: boolean;
}

interface DraftRow {
  readonly id: string;
  readonly version: number;
  readonly content_ct: Buffer;
  readonly record: { readonly modelConfigured?: string; readonly rehearsal?: boolean };
}

/** The drafts of a review, oldest first, opened with the key of the installation. */
export const draftsOf = async ({ query, cipher }: Stage, reviewId: string): Promise<StoredDraft[]> => {
  const rows = await query<DraftRow>(
    'select id, version, content_ct, record from draft where review_id = $1 order by version',
    [reviewId],
  );
  return rows.map(({ id, version, content_ct, record }) => {
    const { level } = cipher.openJson(['draft', 'content_ct', id], content_ct) as { level: string | null };
    return { version, level, model: record.modelConfigured ?? '?', rehearsal: record.rehearsal === true };
  });
};

/** The newest draft of a review from this version on, once it is there; null when none came in time. */
export const awaitDraft = (stage: Stage, reviewId: string, version = 1): Promise<StoredDraft | null> =>
  until(async () => (await draftsOf(stage, reviewId)).find((draft) => draft.version >= version) ?? null, 20_000);

/** Whether a workflow has carried a decision out, within the time. */
export const isCarriedOut = async (
  { query }: Stage,
  decisionId: string | null,
  withinMs = 30_000,
): Promise<boolean> => {
  const done = await until(
    async () =>
      (await query('select 1 from decision where id = $1 and committed_at is not null', [decisionId])).length > 0 ||
      null,
    withinMs,
  );
  return done === true;
};

/** How often the audit tells this of a case. */
export const alarmsOf = async ({ query }: Stage, caseId: string, code: string): Promise<number> => {
  const [row] = await query<{ n: number }>(
    `select count(*)::int n from audit where $1 = any(case_ids) and outcome = 'alarm' and code = $2`,
    [caseId, code],
  );
  return row?.n ?? 0;
};
