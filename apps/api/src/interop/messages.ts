import { type InboundListed, listInbound } from '#libs/db/stores/inbound.store';
import { type Tx } from '#libs/db/transaction';
import { type Cursors, type Page, pageOf } from '../http/cursor';
import { type MessageListed, type MessagesQuery } from './interop.schema';

const list = 'interop-messages';

/** Stored messages, newest first; ids, times and reasons, no text of a message. */
export const listMessages =
  (cursors: Cursors, { outcome, limit, cursor }: MessagesQuery) =>
  async (tx: Tx): Promise<Page<MessageListed>> => {
    const [before] = cursors.open(list, cursor) ?? [];
    const query = { outcome: outcome ?? null, before: before === undefined ? null : String(before), limit: limit + 1 };
    const rows = (await listInbound(tx, query)).map(listed);
    return pageOf(rows, { limit, next: ({ id }) => cursors.seal(list, [id]) });
  };

const listed = ({ receivedAt, occurredAt, messageAt, ...plain }: InboundListed): MessageListed => ({
  ...plain,
  receivedAt: receivedAt.toISOString(),
  occurredAt: occurredAt?.toISOString() ?? null,
  messageAt: messageAt?.toISOString() ?? null,
});
