import { v7 as uuidv7 } from 'uuid';
import { InboundMessageEntity } from '../entities/inbound-message.entity';
import { type Tx } from '../transaction';

/** A message as it arrived, and what became of it. Reasons are codes: no value of the message is in them. */
export interface NewInbound {
  /** 64 hex digits that name the message among all ({@link messageKey}); null when it could not be read so far. */
  readonly sourceKey: string | null;
  readonly sha256: string;
  readonly bytes: Uint8Array;
  /** The character set of the connection, for messages that name none. */
  readonly defaultCharset: 'utf-8' | 'gb18030';
  readonly event: string | null;
  /** When it happened, where the message says so to the minute; the order of a visit goes by it, else by `messageAt`. */
  readonly occurredAt: string | null;
  readonly messageAt: string | null;
  readonly outcome: 'applied' | 'ignored' | 'dead';
  readonly reason: string | null;
  readonly answer: 'AA' | 'AE' | 'AR';
  readonly caseId: string | null;
  readonly visitId: string | null;
}

const keyBytes = (hex: string): Buffer => Buffer.from(hex, 'hex');

/** Holds a message's key until the transaction ends: the same message twice at once is taken one after the other. */
export const holdMessage = async (tx: Tx, sourceKey: string): Promise<void> => {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 1))', [sourceKey]);
};

/** The digest of the message that was taken under this key before; null when none was. Dead letters do not count. */
export const takenBefore = async (tx: Tx, sourceKey: string): Promise<string | null> => {
  const [row] = await tx.query<{ sha256: string }>(
    `select sha256 from inbound_message where organisation_id = $1 and source_key = $2 and outcome <> 'dead'`,
    [tx.principal.organisationId, keyBytes(sourceKey)],
  );
  return row?.sha256 ?? null;
};

/** Stores a message, its bytes encrypted. Answers its id. */
export const insertInbound = async (tx: Tx, message: NewInbound): Promise<string> => {
  const id = uuidv7();
  const { sourceKey, bytes, occurredAt, messageAt, ...plain } = message;
  await tx.manager.insert(InboundMessageEntity, {
    ...plain,
    id,
    organisationId: tx.principal.organisationId,
    serviceAccountId: tx.principal.kind === 'service' ? tx.principal.id : null,
    sourceKey: sourceKey === null ? null : keyBytes(sourceKey),
    rawCt: tx.cipher.seal(['inbound_message', 'raw_ct', id], Buffer.from(bytes).toString('base64')),
    occurredAt: occurredAt === null ? null : new Date(occurredAt),
    messageAt: messageAt === null ? null : new Date(messageAt),
  });
  return id;
};

/** The bytes of a stored message as they arrived. */
export const inboundBytes = (tx: Tx, message: InboundMessageEntity): Buffer =>
  Buffer.from(tx.cipher.open(['inbound_message', 'raw_ct', message.id], message.rawCt), 'base64');

/** Whether the same bytes lie among the dead letters for the same reason: a sender that retries adds none. */
export const isDeadAlready = async (tx: Tx, message: Pick<NewInbound, 'sha256' | 'reason'>): Promise<boolean> => {
  const rows = await tx.query(
    `select from inbound_message where organisation_id = $1 and outcome = 'dead' and sha256 = $2 and reason = $3 limit 1`,
    [tx.principal.organisationId, message.sha256, message.reason],
  );
  return rows.length > 0;
};

/** Settles the dead letters of these bytes: they had an effect after all, or need none. Answers how many there were. */
export const resolveDead = async (tx: Tx, sha256: string): Promise<number> => {
  const rows = await tx.query(
    `with r as (update inbound_message set resolved_at = clock_timestamp()
       where organisation_id = $1 and sha256 = $2 and outcome = 'dead' and resolved_at is null returning id) select id from r`,
    [tx.principal.organisationId, sha256],
  );
  return rows.length;
};

/** A stored message, locked; null when the organisation has none with this id. */
export const lockInbound = (tx: Tx, id: string): Promise<InboundMessageEntity | null> =>
  tx.manager.findOne(InboundMessageEntity, {
    where: { id, organisationId: tx.principal.organisationId },
    lock: { mode: 'pessimistic_write' },
  });

/** A stored message; null when the organisation has none with this id. */
export const findInbound = (tx: Tx, id: string): Promise<InboundMessageEntity | null> =>
  tx.manager.findOneBy(InboundMessageEntity, { id, organisationId: tx.principal.organisationId });

/** The instant of the newest message that changed a visit; null when none did. */
export const lastApplied = async (tx: Tx, visitId: string): Promise<Date | null> => {
  const [row] = await tx.query<{ at: Date | null }>(
    `select max(coalesce(occurred_at, message_at)) at from inbound_message where visit_id = $1 and outcome = 'applied'`,
    [visitId],
  );
  return row?.at ?? null;
};

/** A stored message as a list shows it: no text of it. */
export interface InboundListed {
  readonly id: string;
  readonly receivedAt: Date;
  readonly event: string | null;
  readonly occurredAt: Date | null;
  readonly messageAt: Date | null;
  readonly outcome: NewInbound['outcome'];
  readonly reason: string | null;
  readonly answer: NewInbound['answer'];
  readonly caseId: string | null;
  readonly visitId: string | null;
  /** When a dead letter was taken after all. */
  readonly resolvedAt: Date | null;
}

/** Which messages, how many, and after which one (ids are in the order of arrival). */
export interface InboundQuery {
  readonly outcome: NewInbound['outcome'] | null;
  /** Only dead letters that are not settled. */
  readonly open?: boolean;
  readonly before: string | null;
  readonly limit: number;
}

/** Stored messages of the organisation, newest first. */
export const listInbound = (tx: Tx, { outcome, open = false, before, limit }: InboundQuery): Promise<InboundListed[]> =>
  tx.query<InboundListed>(
    `select id, received_at "receivedAt", event, occurred_at "occurredAt", message_at "messageAt", outcome, reason, answer,
       case_id "caseId", visit_id "visitId", resolved_at "resolvedAt"
     from inbound_message
     where organisation_id = $1 and ($2::text is null or outcome = $2) and ($3::uuid is null or id < $3)
       and (not $5 or (outcome = 'dead' and resolved_at is null))
     order by id desc limit $4`,
    [tx.principal.organisationId, outcome, before, limit, open],
  );
