import { type Reply } from '#libs/api-client/door';
import { type Signed } from '../../seed/desk';
import { type Stage } from '../stage';

/** Remembers a decision that somebody was told of; answers its id, or null when there was none. */
export const note = (stage: Stage, signed: Reply<Signed>): string | null => {
  if (!signed.ok || signed.body.decisionId === null) return null;
  const { decisionId, reviewId, contentSha256 } = signed.body;
  stage.acknowledged.push({ decisionId, reviewId, contentSha256 });
  return decisionId;
};
