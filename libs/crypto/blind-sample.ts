import { createHash } from 'node:crypto';

/**
 * Whether a case is in the blind sample: its drafts are stored and compared, never shown, so that what people decide
 * without one stays known (design: `hash(case id) mod 100 < percent`). The same for a case in every round and process.
 */
export const inBlindSample = (caseId: string, percent: number): boolean =>
  createHash('sha256').update(caseId).digest().readUInt32BE(0) % 100 < percent;
