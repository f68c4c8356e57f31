import { createHmac } from 'node:crypto';
import { placeOf } from './aead';
import type { KeyRing } from './key-ring';
import type { NormalisedText } from './normalise';

/**
 * A keyed fingerprint (64 hex digits) that finds equal values without storing them.
 * The scope (for example "patient_identifier.national-id") keeps equal values of different columns apart.
 * Always under the ring's oldest key, so that rotation keeps unique constraints and look-ups working.
 */
export const blindIndex = (ring: KeyRing, scope: string, value: NormalisedText): string =>
  createHmac('sha256', ring.subKey(ring.indexKeyId, 'blind-index'))
    .update(placeOf('v1', scope, value))
    .digest('hex');
