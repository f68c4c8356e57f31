import { type ServicePrincipal } from '#libs/auth/principal';
import { type InboundMessageEntity } from '#libs/db/entities/inbound-message.entity';
import { inboundBytes, lockInbound, resolveDead } from '#libs/db/stores/inbound.store';
import { record } from '#libs/db/stores/record.store';
import { accountName } from '#libs/db/stores/service-account.store';
import { type Tx } from '#libs/db/transaction';
import { type Charset } from '#libs/interop/hl7v2/charset';
import { refuse, type Refusal } from '#libs/review/refusal';
import { type Work } from '../http/answer';
import { type Replayed } from './interop.schema';
import { type IntakeSettings, receive } from './receive';

/**
 * Takes a dead letter again, as it arrived and on behalf of the account that sent it, now that what it lacked may be
 * there. Whatever comes of it is audited with the person who asked; one that is dead again stays on the list.
 */
export const replayMessage =
  (id: string, settings: IntakeSettings): Work<Replayed> =>
  async (tx) => {
    const letter = await lockInbound(tx, id);
    if (!letter) return refuse('NOT_FOUND');
    if (letter.outcome !== 'dead' || letter.resolvedAt !== null)
      return refuse('TRANSITION_NOT_ALLOWED', { outcome: letter.outcome, resolvedAt: letter.resolvedAt });
    const principal = await senderOf(tx, letter);
    if ('refused' in principal) return principal;
    const delivered = { bytes: inboundBytes(tx, letter), defaultCharset: letter.defaultCharset as Charset };
    const { outcome, reason, ack } = await receive({ ...tx, principal }, delivered, settings);
    if (outcome === 'repeated') await resolveDead(tx, letter.sha256);
    const detail = { outcome, reason, answer: ack.code, was: letter.reason };
    await record(tx, {
      audit: { action: 'interop.replay', entityType: 'message', entityId: id, after: letter.sha256, detail },
    });
    return { outcome, reason, answer: ack.code };
  };

const senderOf = async (
  { principal: { organisationId, requestId }, ...tx }: Tx,
  { serviceAccountId: accountId }: InboundMessageEntity,
): Promise<ServicePrincipal | Refusal> => {
  const name = accountId === null ? null : await accountName(tx, accountId);
  if (accountId === null || name === null)
    return refuse('TRANSITION_NOT_ALLOWED', { reason: 'its sender is not known' });
  const scopes = ['hl7v2:write'] as const;
  return {
    kind: 'service',
    id: accountId,
    name,
    organisationId,
    scopes,
    ...(requestId !== undefined && { requestId }),
  };
};
