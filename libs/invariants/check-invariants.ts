import { type FieldCipher } from '#libs/db/field-cipher';
import { type Comparison, disagreementsAfterQuiet } from './agreement';
import { unaudited } from './audit-trail';
import { canaryLeaks, type SearchedPlaces } from './canaries';
import { type Acknowledged, doubleOutcomes, lostOrDoubled } from './decisions';
import { gatesPassedUnsigned } from './gates';
import { stuckEntries, troubledWorkflows } from './outbox';
import { type InvariantId, type Violation } from './violation';

/** An installation at rest, and what is known of what it did. */
export interface Checked extends Comparison {
  readonly cipher: FieldCipher;
  readonly acknowledged: readonly Acknowledged[];
  /** Texts planted as patient data, and where they must not lie. */
  readonly canaries: readonly string[];
  readonly places: SearchedPlaces;
  /** How long workflows and ledger may take to agree (default 30 s). */
  readonly quietMs?: number;
}

const sightSql = `select not row_security_active('cases') or acting_for_installation() sees`;

/**
 * Each invariant with what was found against it; waits for quiet first. Throws for a role from whom row security hides
 * rows: it would find nothing broken.
 */
export const checkInvariants = async (checked: Checked): Promise<Record<InvariantId, Violation[]>> => {
  const { query, cipher, workflows, acknowledged, canaries, places } = checked;
  const [sight] = await query<{ sees: boolean }>(sightSql);
  if (!sight?.sees) throw new Error('this role does not see every row: it cannot check the ledger');
  // By what PostgreSQL knew of the tables before a flood it would compare each row with each.
  await query('analyze');
  const I4 = await disagreementsAfterQuiet(checked, checked.quietMs);
  return {
    I1: await lostOrDoubled(query, acknowledged),
    I2: await doubleOutcomes(query),
    I3: await unaudited(query),
    I4,
    I5: await gatesPassedUnsigned(query, cipher),
    I6: await canaryLeaks(places, canaries),
    I8: [...(await stuckEntries(query)), ...(await troubledWorkflows(workflows))],
  };
};
