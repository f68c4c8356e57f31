import { lockInbound, resolveDead } from '#libs/db/stores/inbound.store';
import { record } from '#libs/db/stores/record.store';
import { refuse } from '#libs/review/refusal';
import { type Work } from '../http/answer';
import { type DismissBody, type Dismissed } from './interop.schema';

/**
 * Settles a dead letter that will never be taken (its control id was used before, it is not meant for us, a person did
 * by hand what it says). It stays stored with its reason; sent again unchanged it adds no other.
 */
export const dismissMessage =
  (id: string, { because }: DismissBody): Work<Dismissed> =>
  async (tx) => {
    const letter = await lockInbound(tx, id);
    if (!letter) return refuse('NOT_FOUND');
    if (letter.outcome !== 'dead' || letter.resolvedAt !== null)
      return refuse('TRANSITION_NOT_ALLOWED', { outcome: letter.outcome, resolvedAt: letter.resolvedAt });
    const settled = await resolveDead(tx, letter.sha256);
    const detail = { because, was: letter.reason };
    await record(tx, {
      audit: { action: 'interop.dismiss', entityType: 'message', entityId: id, after: letter.sha256, detail },
    });
    return { settled };
  };
