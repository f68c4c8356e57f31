import { findReply, keepReply, type ReplyKey } from '#libs/db/stores/reply.store';
import { type InTransaction, type Tx } from '#libs/db/transaction';
import { CountersignError } from '#libs/errors/errors';
import { isRefusal, type Refusal } from '#libs/review/refusal';
import { type Ask } from './ask';
import { isDatabaseAway, isLostRace } from './database-fault';
import { auditDenied, isDenial } from './denied';
import { recordShown, type Shown, shownIn } from './shown';

/** What a controller method does in its transaction: the answer's body, or why not (then nothing of it stays). */
export type Work<T> = (tx: Tx) => Promise<T | Refusal>;

/**
 * The one way a controller method answers: runs the work in a transaction for whoever asks, keeps the reply under the
 * Idempotency-Key in that same transaction, audits denied attempts, and sets the ETag from a `version` in the body.
 * Throws a CountersignError for a refusal.
 */
export type Answer = <T>(ask: Ask, work: Work<T>) => Promise<T>;

/** A kept reply: the body as it was sent, and whose data it showed, so that showing it again is audited again. */
interface KeptReply {
  readonly text: string;
  readonly shown: readonly Shown[];
}

/** Makes the answering function of an application. */
export const createAnswer =
  (inTransaction: InTransaction): Answer =>
  async <T>(ask: Ask, work: Work<T>): Promise<T> => {
    const value = ask.replyKey
      ? await answerOnce(inTransaction, { ...ask, replyKey: ask.replyKey }, work)
      : await inTransaction(ask.principal, work);
    if (!isRefusal(value)) return withETag(ask, value);
    if (isDenial(value.code)) await auditDenied(inTransaction, { ...ask, code: value.code });
    throw new CountersignError(value.code, value.detail);
  };

type KeyedAsk = Ask & { readonly replyKey: ReplyKey };

const answerOnce = async <T>(inTransaction: InTransaction, ask: KeyedAsk, work: Work<T>): Promise<T | Refusal> => {
  const given = (tx: Tx) => replyGiven<T>(tx, ask);
  try {
    const value = await inTransaction(ask.principal, async (tx) => {
      const earlier = await given(tx);
      return earlier === null ? keepAnswer(tx, ask, await work(tx)) : earlier.value;
    });
    if (!isRefusal(value) || value.code === 'IDEMPOTENCY_KEY_REUSED') return value;
    // The same request may have succeeded while this one waited for its locks.
    return (await inTransaction(ask.principal, given))?.value ?? value;
  } catch (thrown) {
    if (!isLostRace(thrown) && !isDatabaseAway(thrown)) throw thrown;
    const earlier = await inTransaction(ask.principal, given);
    if (earlier === null) throw thrown;
    return earlier.value;
  }
};

const keepAnswer = async <T>(tx: Tx, ask: KeyedAsk, value: T | Refusal): Promise<T | Refusal> => {
  if (isRefusal(value)) return value;
  const kept: KeptReply = { text: JSON.stringify(value ?? null), shown: shownIn(tx).map(plain) };
  await keepReply(tx, ask.replyKey, { status: ask.response.statusCode, body: kept });
  return value;
};

const replyGiven = async <T>(tx: Tx, ask: KeyedAsk): Promise<{ readonly value: T | Refusal } | null> => {
  const reply = await findReply(tx, ask.replyKey);
  if (reply === null) return null;
  if (isRefusal(reply)) return { value: reply };
  const kept = reply.body as KeptReply;
  for (const shown of kept.shown) await recordShown(tx, shown);
  return { value: JSON.parse(kept.text) as T };
};

/** Without undefined, which canonical JSON refuses. */
const plain = (shown: Shown): Shown => JSON.parse(JSON.stringify(shown)) as Shown;

const withETag = <T>(ask: Ask, value: T): T => {
  const version = typeof value === 'object' && value !== null && 'version' in value ? value.version : undefined;
  if (typeof version === 'number') ask.response.setHeader('ETag', `"${version}"`);
  return value;
};
