import { type ErrorCode } from '#libs/errors/errors';
import { type CapabilityProfile, type StructuredMode } from './profile';

interface ReasonFacts {
  code: ErrorCode;
  /** Whether the same request may succeed later; the owner of retries (Temporal) decides when. */
  retryable: boolean;
}

/** Why a draft did not come about: a fixed vocabulary, safe to log, each with its error code. */
export const failureReasons = {
  unreachable: { code: 'MODEL_UNREACHABLE', retryable: true },
  'connection-lost': { code: 'MODEL_UNREACHABLE', retryable: true },
  'first-token': { code: 'MODEL_TIMEOUT', retryable: true },
  gap: { code: 'MODEL_TIMEOUT', retryable: true },
  total: { code: 'MODEL_TIMEOUT', retryable: true },
  cancelled: { code: 'MODEL_CANCELLED', retryable: false },
  'queue-full': { code: 'MODEL_BUSY', retryable: true },
  'breaker-open': { code: 'MODEL_BREAKER_OPEN', retryable: true },
  'rate-limited': { code: 'MODEL_RATE_LIMITED', retryable: true },
  'server-error': { code: 'MODEL_REFUSED', retryable: true },
  'no-capacity': { code: 'MODEL_REFUSED', retryable: true },
  'error-in-answer': { code: 'MODEL_REFUSED', retryable: true },
  'request-refused': { code: 'MODEL_REFUSED', retryable: false },
  'context-too-long': { code: 'MODEL_REFUSED', retryable: false },
  'credentials-refused': { code: 'MODEL_REFUSED', retryable: false },
  'payment-required': { code: 'MODEL_REFUSED', retryable: false },
  'not-found': { code: 'MODEL_REFUSED', retryable: false },
  'status-refused': { code: 'MODEL_REFUSED', retryable: false },
  redirected: { code: 'MODEL_REFUSED', retryable: false },
  'not-json': { code: 'MODEL_BAD_ANSWER', retryable: true },
  'wrong-shape': { code: 'MODEL_BAD_ANSWER', retryable: false },
  'no-finish': { code: 'MODEL_BAD_ANSWER', retryable: true },
  truncated: { code: 'MODEL_BAD_ANSWER', retryable: false },
  'tool-call': { code: 'MODEL_BAD_ANSWER', retryable: false },
  filtered: { code: 'MODEL_BAD_ANSWER', retryable: false },
  'too-large': { code: 'MODEL_BAD_ANSWER', retryable: false },
  empty: { code: 'MODEL_BAD_ANSWER', retryable: false },
  'think-unclosed': { code: 'MODEL_BAD_ANSWER', retryable: false },
  syntax: { code: 'MODEL_BAD_ANSWER', retryable: false },
  'duplicate-key': { code: 'MODEL_BAD_ANSWER', retryable: false },
  'forbidden-key': { code: 'MODEL_BAD_ANSWER', retryable: false },
  'unsafe-number': { code: 'MODEL_BAD_ANSWER', retryable: false },
  'unsafe-text': { code: 'MODEL_BAD_ANSWER', retryable: false },
  'too-deep': { code: 'MODEL_BAD_ANSWER', retryable: false },
  schema: { code: 'MODEL_BAD_ANSWER', retryable: false },
  coerced: { code: 'MODEL_BAD_ANSWER', retryable: false },
  degenerate: { code: 'MODEL_BAD_ANSWER', retryable: false },
  'wrong-language': { code: 'MODEL_BAD_ANSWER', retryable: false },
  'url-invalid': { code: 'EGRESS_REFUSED', retryable: false },
  'url-credentials': { code: 'EGRESS_REFUSED', retryable: false },
  'address-refused': { code: 'EGRESS_REFUSED', retryable: false },
  'origin-refused': { code: 'EGRESS_REFUSED', retryable: false },
} as const satisfies Record<string, ReasonFacts>;

/** A key of {@link failureReasons}. */
export type FailureReason = keyof typeof failureReasons;

/** What was changed before an answer could be read; recorded with the draft, never silent. */
export type RepairKind = 'code-fence' | 'think-block' | 'trailing-comma' | 'json-in-reasoning' | 'invisible-characters';

/** One request to the endpoint; durations in milliseconds, `null` where the endpoint did not say. */
export interface DraftAttempt {
  outcome: 'valid' | 'repaired' | FailureReason;
  structuredMode: StructuredMode;
  durationMs: number;
  firstTokenMs: number | null;
  promptTokens: number | null;
  completionTokens: number | null;
  finishReason: string | null;
  /** Paths of the schema's faults (names of the schema only, never values). */
  paths: readonly string[];
}

/** What the model wrote in one attempt. Patient data: for encrypted storage only. */
export interface RawAnswer {
  content: string;
  reasoning: string;
}

/** Where a draft comes from, stored with it so that it can be reproduced; only `raw` holds text of model or patient. */
export interface DraftRecord {
  promptId: string;
  promptVersion: number;
  /** Of the system message: instructions and schema. */
  promptSha256: string;
  modelConfigured: string;
  modelAnswered: string | null;
  /** The model's name says rehearsal: every such draft must be shown as one. */
  rehearsal: boolean;
  parameters: {
    temperature: number;
    maxTokens: number;
    structuredMode: StructuredMode;
    thinking: 'default' | 'off';
  };
  inputSha256: string;
  /** One per entry of `raw`, by {@link rawSha256}. */
  rawSha256: readonly string[];
  repairs: readonly RepairKind[];
  attempts: readonly DraftAttempt[];
  profile: CapabilityProfile;
  validatorVersion: string;
  raw: readonly RawAnswer[];
}

/** What a request for a draft comes to; a failure is a value with a fixed code and reason. */
export type DraftOutcome<T> =
  | { ok: true; value: T; repaired: null | { kinds: readonly RepairKind[] }; record: DraftRecord }
  | {
      ok: false;
      code: ErrorCode;
      reason: FailureReason;
      retryable: boolean;
      /** When the endpoint (or its breaker) asks to come back, in milliseconds from now. */
      retryAfterMs: number | null;
      record: DraftRecord;
    };

/** A request that got no draft. */
export type FailedDraft = Extract<DraftOutcome<never>, { ok: false }>;
