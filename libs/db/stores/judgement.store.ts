import { v7 as uuidv7 } from 'uuid';
import { digestOf } from '#libs/crypto/digest';
import { JudgementEntity } from '../entities/judgement.entity';
import { type Tx } from '../transaction';

/** A person's own value, as stored before anything of the model was shown. */
export interface StoredJudgement {
  readonly judgementId: string;
  readonly sha256: string;
  readonly at: Date;
  readonly content: unknown;
}

/** The judgement of a person on a review; null before it is given. */
export const findJudgement = async (
  tx: Tx,
  { reviewId, userId }: { reviewId: string; userId: string },
): Promise<StoredJudgement | null> => {
  const row = await tx.manager.findOneBy(JudgementEntity, { reviewId, userId });
  if (!row) return null;
  const content = tx.cipher.openJson(['judgement', 'content_ct', row.id], row.contentCt);
  return { judgementId: row.id, sha256: row.sha256, at: row.at, content };
};

/** Stores the principal's judgement; a second one of the same person is impossible (unique). */
export const insertJudgement = async (
  tx: Tx,
  { reviewId, userId, content }: { reviewId: string; userId: string; content: unknown },
): Promise<StoredJudgement> => {
  const id = uuidv7();
  const sha256 = digestOf(content);
  const contentCt = tx.cipher.sealJson(['judgement', 'content_ct', id], content);
  const { generatedMaps } = await tx.manager.insert(JudgementEntity, { id, reviewId, userId, contentCt, sha256 });
  return { judgementId: id, sha256, at: (generatedMaps[0] as { at: Date }).at, content };
};
