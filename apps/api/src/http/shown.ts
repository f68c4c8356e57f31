import { type EntityManager } from 'typeorm';
import { record } from '#libs/db/stores/record.store';
import { type Tx } from '#libs/db/transaction';

/** Whose data an answer shows. */
export interface Shown {
  readonly entityType: string;
  readonly entityId?: string;
  readonly caseIds: readonly string[];
  /** Ids beside the cases'; never patient data. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

const shownBy = new WeakMap<EntityManager, Shown[]>();

/**
 * Writes the audit row of an answer that shows patients, before it is sent; call it in the transaction that reads them.
 * Throws AUDIT_UNAVAILABLE when it cannot, and then nothing is shown.
 */
export const recordShown = async (tx: Tx, shown: Shown): Promise<void> => {
  const { entityType, entityId, caseIds, detail } = shown;
  const audit = { action: `${entityType}.shown`, entityType, entityId, caseIds, outcome: 'shown' } as const;
  await record(tx, { audit: { ...audit, ...(detail && { detail }) } });
  shownBy.set(tx.manager, [...shownIn(tx), shown]);
};

/** What this transaction has recorded as shown. */
export const shownIn = (tx: Tx): readonly Shown[] => shownBy.get(tx.manager) ?? [];
