import { performance } from 'node:perf_hooks';
import { type DataSource } from 'typeorm';
import { approvedPacks } from '#libs/packs/approved-packs';
import { triagePacksSchema } from '#libs/packs/pack.schema';
import { type TriagePacks } from '#libs/packs/pack.types';
import { referencePacks } from '#libs/packs/reference-packs';
import { CountersignError } from '#libs/errors/errors';
import { type Tx } from '../transaction';

/** How long a process works by a set before it asks whether another one is in force, ms. */
export const packsFreshMs = 2000;

/** The set an organisation works by, as this process last saw it; `setId` null: the one that ships with the product. */
interface Held {
  readonly setId: string | null;
  readonly packs: TriagePacks;
  readonly seenAt: number;
}

/* One memory for each pool of connections, so for each process; a version never changes, only which one is in force. */
const memories = new WeakMap<DataSource, Map<string, Held>>();

const memoryOf = ({ manager: { dataSource } }: Tx): Map<string, Held> => {
  const memory = memories.get(dataSource) ?? new Map<string, Held>();
  memories.set(dataSource, memory);
  return memory;
};

/** The version in force at this moment: of the approved ones that have begun the latest, the newest of equals. */
export const inForceSql = `select a.set_id from rule_pack_approval a join rule_pack_set s on s.id = a.set_id
  where a.organisation_id = $1 and a.effective_from <= clock_timestamp()
  order by a.effective_from desc, s.number desc limit 1`;

/**
 * The rule packs in force for the organisation of the principal; those that ship with the product where it has approved
 * none. Asks the ledger every {@link packsFreshMs} at most and reads a set only when it is another one.
 */
export const packsInForce = async (tx: Tx): Promise<TriagePacks> => {
  const memory = memoryOf(tx);
  const { organisationId } = tx.principal;
  const held = memory.get(organisationId);
  const seenAt = performance.now();
  if (held && seenAt - held.seenAt < packsFreshMs) return held.packs;
  const [row] = await tx.query<{ set_id: string }>(inForceSql, [organisationId]);
  const setId = row?.set_id ?? null;
  const packs = held?.setId === setId ? held.packs : await readPacks(tx, setId);
  memory.set(organisationId, { setId, packs, seenAt });
  return packs;
};

/** Makes this process look again before its next evaluation; others do so by themselves in seconds. */
export const forgetPacks = (tx: Tx): void => void memoryOf(tx).delete(tx.principal.organisationId);

const readPacks = async (tx: Tx, setId: string | null): Promise<TriagePacks> => {
  if (setId === null) return referencePacks;
  const [row] = await tx.query<{ number: number; content: unknown; approver_name: string; since: string }>(
    `select s.number, s.content, a.approver_name, to_char(a.effective_from at time zone o.time_zone, 'YYYY-MM-DD') since
     from rule_pack_set s join rule_pack_approval a on a.set_id = s.id join organisation o on o.id = s.organisation_id
     where s.id = $1`,
    [setId],
  );
  const content = triagePacksSchema.safeParse(row?.content);
  // Never another set in its place: rules nobody approved for this hospital would give levels in silence.
  if (!row || !content.success) throw new CountersignError('INTERNAL', { reason: 'rule packs cannot be read', setId });
  return approvedPacks(content.data, {
    number: row.number,
    approvedBy: row.approver_name,
    effectiveFrom: row.since,
  });
};
