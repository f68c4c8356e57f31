import { type BreakerState } from './breaker';
import { type DraftAttempt, type FailureReason } from './outcome';
import { type CapabilityProfile } from './profile';
import { type SlotLimits } from './slots';

/** What metrics and logs may know: names, numbers and fixed words, never text of patient, model or server. */
export type ModelEvent =
  | { kind: 'attempt'; promptId: string; attempt: DraftAttempt }
  | {
      kind: 'draft';
      promptId: string;
      outcome: 'valid' | 'repaired' | FailureReason;
      durationMs: number;
      attempts: number;
      promptTokens: number;
      completionTokens: number;
    }
  | { kind: 'breaker'; state: BreakerState }
  | ({ kind: 'slots' } & SlotLimits)
  | { kind: 'profile'; profile: CapabilityProfile };

/** Receives every event as it happens. */
export type OnModelEvent = (event: ModelEvent) => void;
