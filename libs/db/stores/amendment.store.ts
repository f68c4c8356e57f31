import { AmendmentEntity } from '../entities/amendment.entity';
import { type Tx } from '../transaction';

/** An unfinished amendment of one person on one review; nobody else is ever shown it. */
export interface StoredAmendment {
  readonly version: number;
  readonly content: unknown;
  readonly updatedAt: Date;
}

interface Whose {
  readonly reviewId: string;
  readonly userId: string;
}

const placeOf = ({ reviewId, userId }: Whose) => ['amendment', 'content_ct', `${reviewId}:${userId}`] as const;

/** The unfinished amendment; null when there is none. */
export const findAmendment = async (tx: Tx, whose: Whose): Promise<StoredAmendment | null> => {
  const { reviewId, userId } = whose;
  const row = await tx.manager.findOneBy(AmendmentEntity, { reviewId, userId });
  if (!row) return null;
  const content = tx.cipher.openJson(placeOf(whose), row.contentCt);
  return { version: row.version, content, updatedAt: row.updatedAt };
};

/** Keeps an amendment over the version that was read (0: none yet); null when it has another version by now. */
export const keepAmendment = async (
  tx: Tx,
  whose: Whose,
  { version, content }: { version: number; content: unknown },
): Promise<StoredAmendment | null> => {
  const sealed = tx.cipher.sealJson(placeOf(whose), content);
  const sql =
    version === 0
      ? `insert into amendment (review_id, user_id, content_ct, version) values ($1, $2, $3, 1)
         on conflict (review_id, user_id) do nothing returning version, updated_at`
      : `with u as (update amendment set content_ct = $3, version = version + 1, updated_at = clock_timestamp()
           where review_id = $1 and user_id = $2 and version = $4 returning version, updated_at) select * from u`;
  const parameters = [whose.reviewId, whose.userId, sealed, ...(version === 0 ? [] : [version])];
  const [row] = await tx.query<{ version: number; updated_at: Date }>(sql, parameters);
  return row ? { version: row.version, content, updatedAt: row.updated_at } : null;
};
