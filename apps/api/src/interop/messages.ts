import {
  findInbound,
  inboundBytes,
  type InboundListed,
  type InboundQuery,
  listInbound,
} from '#libs/db/stores/inbound.store';
import { type Tx } from '#libs/db/transaction';
import { type Charset } from '#libs/interop/hl7v2/charset';
import { parseHl7 } from '#libs/interop/hl7v2/parse';
import { refuse } from '#libs/review/refusal';
import { type Work } from '../http/answer';
import { type Cursors, type Page, pageOf, type PageQuery } from '../http/cursor';
import { type MessageListed, type MessageShown, type MessagesQuery } from './interop.schema';
import { maxMessageBytes } from './receive';

const list = 'interop-messages';
const deadList = 'interop-dead-letters';

/** Stored messages, newest first; ids, times and reasons, no text of a message. */
export const listMessages =
  (cursors: Cursors, { outcome, ...page }: MessagesQuery): Work<Page<MessageListed>> =>
  (tx) =>
    pageOfMessages(tx, { cursors, list, page, which: { outcome: outcome ?? null } });

/** Dead letters that were not taken since, newest first. */
export const listDeadLetters =
  (cursors: Cursors, page: PageQuery): Work<Page<MessageListed>> =>
  (tx) =>
    pageOfMessages(tx, { cursors, list: deadList, page, which: { outcome: 'dead', open: true } });

const pageOfMessages = async (
  tx: Tx,
  given: { cursors: Cursors; list: string; page: PageQuery; which: Pick<InboundQuery, 'outcome' | 'open'> },
): Promise<Page<MessageListed>> => {
  const { cursors, page, which } = given;
  const [before] = cursors.open(given.list, page.cursor) ?? [];
  const query = { ...which, before: before === undefined ? null : String(before), limit: page.limit + 1 };
  const rows = (await listInbound(tx, query)).map(listed);
  return pageOf(rows, { limit: page.limit, next: ({ id }) => cursors.seal(given.list, [id]) });
};

/** One stored message with its header. */
export const showMessage =
  (id: string): Work<MessageShown> =>
  async (tx) => {
    const row = await findInbound(tx, id);
    if (!row) return refuse('NOT_FOUND');
    const { receivedAt, event, occurredAt, messageAt, reason, caseId, visitId, resolvedAt, sha256 } = row;
    const { outcome, answer } = row as Pick<InboundListed, 'outcome' | 'answer'>;
    const plain = {
      id,
      receivedAt,
      event,
      occurredAt,
      messageAt,
      outcome,
      reason,
      answer,
      caseId,
      visitId,
      resolvedAt,
    };
    const bytes = inboundBytes(tx, row);
    const { serviceAccountId } = row;
    const defaultCharset = row.defaultCharset as Charset;
    const header = headerOf(bytes, defaultCharset);
    return { ...listed(plain), sha256, bytes: bytes.length, defaultCharset, serviceAccountId, header };
  };

const headerOf = (bytes: Buffer, defaultCharset: Charset): MessageShown['header'] => {
  const parsed = parseHl7(bytes, { maxBytes: maxMessageBytes, defaultCharset });
  const header = parsed.ok ? parsed.message.header : parsed.header;
  if (header === undefined) return null;
  const { sendingApplication, sendingFacility, messageCode, triggerEvent, controlId, version } = header;
  const messageType = triggerEvent === '' ? messageCode : `${messageCode}^${triggerEvent}`;
  return { sendingApplication, sendingFacility, messageType, controlId, version };
};

const listed = ({ receivedAt, occurredAt, messageAt, resolvedAt, ...plain }: InboundListed): MessageListed => ({
  ...plain,
  receivedAt: receivedAt.toISOString(),
  occurredAt: occurredAt?.toISOString() ?? null,
  messageAt: messageAt?.toISOString() ?? null,
  resolvedAt: resolvedAt?.toISOString() ?? null,
});
