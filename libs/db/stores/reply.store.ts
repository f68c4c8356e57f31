import { digestOf } from '#libs/crypto/digest';
import { refuse, type Refusal } from '#libs/review/refusal';
import { type Tx } from '../transaction';

/** An answer kept for retries: the HTTP status and the JSON body. */
export interface StoredReply {
  readonly status: number;
  readonly body: unknown;
}

/** Which request an Idempotency-Key stands for: the key, and a digest over method, path and body. */
export interface ReplyKey {
  readonly idempotencyKey: string;
  readonly requestSha256: string;
}

/** The key of a request; the digest covers everything that makes it this request. */
export const replyKey = (
  idempotencyKey: string,
  request: { method: string; path: string; body: unknown },
): ReplyKey => ({
  idempotencyKey,
  requestSha256: digestOf({ method: request.method, path: request.path, body: request.body ?? null }),
});

const actorId = (tx: Tx): string => (tx.principal.kind === 'system' ? tx.principal.organisationId : tx.principal.id);

/** The answer given before under this key; a refusal when the key came with another request; null when it is new. */
export const findReply = async (tx: Tx, key: ReplyKey): Promise<StoredReply | Refusal | null> => {
  const [row] = await tx.query<{ request_sha256: string; status: number; body_ct: Buffer }>(
    'select request_sha256, status, body_ct from stored_reply where actor_id = $1 and idempotency_key = $2',
    [actorId(tx), key.idempotencyKey],
  );
  if (!row) return null;
  if (row.request_sha256 !== key.requestSha256) return refuse('IDEMPOTENCY_KEY_REUSED');
  const place = ['stored_reply', 'body_ct', `${actorId(tx)}:${key.idempotencyKey}`] as const;
  return { status: row.status, body: tx.cipher.openJson(place, row.body_ct) };
};

/** Keeps an answer in the transaction that earned it. A lost race on the key rolls the transaction back (23505). */
export const keepReply = async (tx: Tx, key: ReplyKey, reply: StoredReply): Promise<void> => {
  const place = ['stored_reply', 'body_ct', `${actorId(tx)}:${key.idempotencyKey}`] as const;
  await tx.query(
    'insert into stored_reply (actor_id, idempotency_key, request_sha256, status, body_ct) values ($1, $2, $3, $4, $5)',
    [actorId(tx), key.idempotencyKey, key.requestSha256, reply.status, tx.cipher.sealJson(place, reply.body)],
  );
};
