/** Every error code of the product, once: its HTTP status and when it happens. The code is the identity; texts may change. */
export const errorCodes = {
  VALIDATION_FAILED: { status: 400, when: 'the request does not fit its schema; the answer lists the paths' },
  UNAUTHENTICATED: { status: 401, when: 'no session or token, or it is no longer valid' },
  PASSWORD_EXPIRED: { status: 401, when: 'the temporary password is too old; an administrator gives another one' },
  SESSION_LOCKED: { status: 401, when: 'the session was idle too long; the password unlocks it' },
  STEP_UP_REQUIRED: { status: 401, when: 'the gate asks for the password again at signing' },
  PASSWORD_CHANGE_REQUIRED: {
    status: 403,
    when: 'the password is a temporary one; nothing else is possible before it is changed',
  },
  CSRF_REJECTED: { status: 403, when: 'a state-changing request came without the session’s CSRF token' },
  FORBIDDEN: { status: 403, when: 'the role or scope does not allow it' },
  ADDRESS_REFUSED: { status: 403, when: 'the token is not taken from this address' },
  SEPARATION_OF_DUTIES: { status: 403, when: 'this person may not give this signature' },
  NOT_FOUND: { status: 404, when: 'it does not exist, or not for this person' },
  CONFLICT: { status: 409, when: 'it changed meanwhile' },
  RECEIVER_NOT_ENTITLED: {
    status: 422,
    when: 'the receiver may not sign some of these reviews; the answer lists them',
  },
  LIMIT_REACHED: { status: 409, when: 'there are as many of these as one may keep; the answer says how many' },
  ALREADY_DECIDED: { status: 409, when: 'somebody decided first; the answer says who, what and when' },
  REVIEW_WITHDRAWN: { status: 409, when: 'the case was cancelled or the review superseded' },
  CLAIM_HELD: { status: 409, when: 'another person holds the review; the answer names them' },
  STALE_DRAFT: { status: 409, when: 'the draft shown is no longer current' },
  STALE_FACTS: { status: 409, when: 'a fact entered since overtakes what was shown; the answer names it' },
  STALE_VITALS: {
    status: 409,
    when: 'the vital signs are older than the re-assessment interval, or from before the arrival',
  },
  NO_DRAFT: { status: 409, when: 'approve or amend before any draft exists' },
  JUDGEMENT_REQUIRED: { status: 409, when: 'the gate asks for the person’s own judgement first' },
  JUDGEMENT_EXISTS: { status: 409, when: 'this person has already judged this round' },
  ACTION_NOT_ALLOWED: { status: 409, when: 'the gate or the state does not allow this action' },
  AWAITING_SECOND: { status: 409, when: 'the first signature is there; another person must sign' },
  NOT_AWAITING_SECOND: { status: 409, when: 'there is no first signature to answer' },
  TRANSITION_NOT_ALLOWED: { status: 409, when: 'the case cannot move from its state in this way' },
  UNDO_EXPIRED: { status: 409, when: 'the move is older than the undo time, or not the last one' },
  VERSION_MISMATCH: { status: 412, when: 'If-Match does not name the current version' },
  VERSION_REQUIRED: { status: 428, when: 'the request needs If-Match' },
  EXPORT_TOO_LARGE: { status: 422, when: 'an export would have more rows than one file may; the answer says how many' },
  EXPORT_CHANGED: {
    status: 409,
    when: 'an export has another number of rows than the one shown; the answer says which',
  },
  PAYLOAD_TOO_LARGE: { status: 413, when: 'the body is over the limit' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, when: 'the body is not of the declared type' },
  REASON_REQUIRED: { status: 422, when: 'the decision differs and needs a reason code' },
  REASON_UNKNOWN: { status: 422, when: 'the reason code is not one of the gate’s' },
  IDEMPOTENCY_KEY_REUSED: { status: 422, when: 'the same Idempotency-Key came with another body' },
  IDEMPOTENCY_KEY_REQUIRED: { status: 428, when: 'the request needs an Idempotency-Key' },
  RATE_LIMITED: { status: 429, when: 'too many requests; Retry-After says when to come back' },
  INTERNAL: { status: 500, when: 'a fault of ours; the log has the request id' },
  DATABASE_UNAVAILABLE: { status: 503, when: 'PostgreSQL does not answer; repeat with the same Idempotency-Key' },
  AUDIT_UNAVAILABLE: { status: 503, when: 'the audit row cannot be written, so nothing was changed or shown' },
  MODEL_UNREACHABLE: { status: 502, when: 'the model endpoint did not answer' },
  MODEL_TIMEOUT: { status: 504, when: 'the model missed a deadline: first token, gap or total' },
  MODEL_RATE_LIMITED: { status: 503, when: 'the model endpoint answered 429' },
  MODEL_REFUSED: { status: 502, when: 'the model endpoint answered another error status' },
  MODEL_BAD_ANSWER: { status: 502, when: 'the answer is cut, empty, degenerate or not of the schema' },
  MODEL_BREAKER_OPEN: { status: 503, when: 'the endpoint failed repeatedly; a probe decides when to go on' },
  MODEL_BUSY: { status: 503, when: 'every slot of the endpoint is taken and its waiting line is full' },
  MODEL_CANCELLED: { status: 503, when: 'the caller stopped waiting for the draft' },
  EGRESS_REFUSED: { status: 502, when: 'the model address is not a private or allow-listed one' },
  PAYLOAD_REJECTED: { status: 400, when: 'a Temporal payload does not decrypt or is not bound to its workflow' },
  KEY_UNAVAILABLE: { status: 500, when: 'the key that a stored value names is not in the key ring' },
  LEDGER_NOT_FOUNDED: { status: 503, when: 'a start: the ledger has no hospital yet; the text says how to found it' },
  UNBACKED_SIGNAL: { status: 409, when: 'a signal named a decision that the ledger does not have' },
  PORT_TAKEN: { status: 503, when: 'a start: the port that was asked for is in use; the text names it' },
  INSTALLATION_IN_USE: { status: 503, when: 'a start: another supervisor runs on this state folder' },
  PART_NOT_READY: {
    status: 503,
    when: 'a start: a part ended or did not become ready; the text has the end of its log',
  },
  TEMPORAL_SERVER_MISSING: {
    status: 503,
    when: 'a start: no Temporal server anywhere; the text lists the ways to get one',
  },
  STATE_UNUSABLE: { status: 503, when: 'a start: the state folder cannot be used as it is; the text says why' },
  DATABASE_UNSAFE: {
    status: 503,
    when: 'a start: the database connection could lose or rewrite decisions; it says how',
  },
} as const satisfies Record<string, { status: number; when: string }>;

/** A code of {@link errorCodes}. */
export type ErrorCode = keyof typeof errorCodes;

/** What else an error says: ids, codes, times, field paths. Never patient data: it reaches logs and Temporal. */
export type ErrorDetail = Readonly<Record<string, unknown>>;

/** The one error type that crosses a boundary (HTTP, activity, command line); identified by its code. */
export class CountersignError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly detail: ErrorDetail = {},
  ) {
    super(code);
    this.name = 'CountersignError';
  }

  get status(): number {
    return errorCodes[this.code].status;
  }
}

/** Whether something thrown is ours, with a code a caller can act on. */
export const isCountersignError = (thrown: unknown): thrown is CountersignError => thrown instanceof CountersignError;
