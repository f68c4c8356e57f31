import { type InTransaction, type Tx } from '#libs/db/transaction';
import { refuse } from '#libs/review/refusal';
import { createAnswer } from './answer';
import { type Ask } from './ask';

type Kept = Map<string, { request_sha256: string; status: number; body_ct: unknown }>;

/**
 * A ledger of kept replies in memory: what PostgreSQL answers to the reply store, with commits that may fail as
 * `fate` says, before or after they took effect.
 */
const ledger = (fates: ('committed' | 'lost-before' | 'lost-after' | 'raced')[] = []) => {
  const kept: Kept = new Map();
  const audits: unknown[][] = [];
  let transactions = 0;
  const terminated = (): Error => new Error('Connection terminated unexpectedly');
  const inTransaction: InTransaction = async (principal, work) => {
    transactions += 1;
    const fate = fates.shift() ?? 'committed';
    const written: Kept = new Map();
    const written2: unknown[][] = [];
    const query = (sql: string, values: readonly unknown[] = []): Promise<unknown[]> => {
      if (sql.startsWith('select request_sha256'))
        return Promise.resolve([kept.get(String(values[1]))].filter(Boolean));
      if (sql.startsWith('insert into stored_reply')) {
        const [, key, sha, status, body] = values;
        const row = { request_sha256: String(sha), status: Number(status), body_ct: body };
        if (fate === 'raced') {
          kept.set(String(key), { ...row, body_ct: { text: '{"winner":true}', shown: [] } });
          return Promise.reject(Object.assign(new Error('duplicate'), { driverError: { code: '23505' } }));
        }
        written.set(String(key), row);
      }
      if (sql.includes('insert into audit')) written2.push([...values]);
      return Promise.resolve([]);
    };
    const cipher = { sealJson: (_: unknown, value: unknown) => value, openJson: (_: unknown, value: unknown) => value };
    const value = await work({ principal, cipher, query, manager: {} } as unknown as Tx);
    if (fate === 'lost-before') throw terminated();
    if (typeof value !== 'object' || value === null || !('refused' in value)) {
      for (const [key, row] of written) kept.set(key, row);
      audits.push(...written2);
    }
    if (fate === 'lost-after') throw terminated();
    return value;
  };
  return { inTransaction, kept, audits, transactions: () => transactions };
};

const headers = new Map<string, string>();
const ask = (key: string | null, sha = 'a'.repeat(64)): Ask => ({
  principal: { kind: 'user', id: 'u', name: 'n', organisationId: 'o', sessionId: 's', grants: [] },
  route: 'POST /api/reviews/:id/decisions',
  entityId: undefined,
  replyKey: key === null ? null : { idempotencyKey: key, requestSha256: sha },
  ifMatch: undefined,
  response: { statusCode: 201, setHeader: (name: string, value: string) => headers.set(name, value) } as never,
});

describe('the answer', () => {
  it('does the work of one key once', async () => {
    const { inTransaction } = ledger();
    const answer = createAnswer(inTransaction);
    const work = jest.fn(() => Promise.resolve({ id: 1, version: 4 }));
    expect(await answer(ask('key'), work)).toEqual({ id: 1, version: 4 });
    expect(await answer(ask('key'), work)).toEqual({ id: 1, version: 4 });
    expect(work).toHaveBeenCalledTimes(1);
    expect(headers.get('ETag')).toBe('"4"');
  });

  it('finds its own reply when the commit’s answer was lost after it took effect (E-3)', async () => {
    const { inTransaction, kept } = ledger(['lost-after']);
    const work = jest.fn(() => Promise.resolve({ id: 1 }));
    expect(await createAnswer(inTransaction)(ask('key'), work)).toEqual({ id: 1 });
    expect([kept.size, work.mock.calls.length]).toEqual([1, 1]);
  });

  it('says that it failed when the connection was lost before, and a retry does the work', async () => {
    const { inTransaction, kept } = ledger(['lost-before']);
    const answer = createAnswer(inTransaction);
    await expect(answer(ask('key'), () => Promise.resolve({ id: 1 }))).rejects.toThrow('Connection terminated');
    expect(kept.size).toBe(0);
    expect(await answer(ask('key'), () => Promise.resolve({ id: 2 }))).toEqual({ id: 2 });
  });

  it('gives the winner’s reply to whoever lost the race for the key', async () => {
    const { inTransaction } = ledger(['raced']);
    expect(await createAnswer(inTransaction)(ask('key'), () => Promise.resolve({ loser: true }))).toEqual({
      winner: true,
    });
  });

  it('gives the reply to a late double whose work was refused meanwhile', async () => {
    const { inTransaction, kept } = ledger();
    const body = { text: '{"decided":true}', shown: [] };
    const late = createAnswer(inTransaction)(ask('key'), () => {
      kept.set('key', { request_sha256: 'a'.repeat(64), status: 200, body_ct: body });
      return Promise.resolve(refuse('ALREADY_DECIDED'));
    });
    expect(await late).toEqual({ decided: true });
  });

  it('refuses another request under the same key before doing anything', async () => {
    const { inTransaction } = ledger();
    const answer = createAnswer(inTransaction);
    await answer(ask('key'), () => Promise.resolve({ id: 1 }));
    const work = jest.fn();
    await expect(answer(ask('key', 'b'.repeat(64)), work)).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    expect(work).not.toHaveBeenCalled();
  });

  it('keeps no reply without a key, and none of a refusal', async () => {
    const { inTransaction, kept } = ledger();
    const answer = createAnswer(inTransaction);
    await answer(ask(null), () => Promise.resolve({ id: 1 }));
    await expect(answer(ask('key'), () => Promise.resolve(refuse('CONFLICT')))).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    expect(kept.size).toBe(0);
  });

  it('audits denied attempts only', async () => {
    for (const [code, audited] of [
      ['FORBIDDEN', 1],
      ['CLAIM_HELD', 1],
      ['CONFLICT', 0],
      ['NOT_FOUND', 0],
    ] as const) {
      const { inTransaction, audits } = ledger();
      await expect(createAnswer(inTransaction)(ask(null), () => Promise.resolve(refuse(code)))).rejects.toMatchObject({
        code,
      });
      expect([code, audits.length]).toEqual([code, audited]);
      if (audited)
        expect(audits[0]).toEqual(expect.arrayContaining(['POST /api/reviews/:id/decisions', 'refused', code]));
    }
  });

  it('passes an unexpected fault on, and does not look for a reply then', async () => {
    const { inTransaction, transactions } = ledger();
    const fault = () => Promise.reject(new Error('fault'));
    await expect(createAnswer(inTransaction)(ask('key'), fault)).rejects.toThrow('fault');
    expect(transactions()).toBe(1);
  });
});
