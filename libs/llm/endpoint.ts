import { type Admission, admittedDraft } from './admitted-draft';
import { type BreakerLimits, type BreakerState, createBreaker, defaultBreaker } from './breaker';
import { type DeadlineLimits, defaultDeadlines, startDeadlines } from './deadlines';
import { discover, type Discovery } from './discover';
import { type DraftRequest, failedDraft } from './draft';
import { type EgressGuard, type EgressRules, guardUrl } from './egress';
import { type OnModelEvent } from './events';
import { createGuardedFetch, type GuardedFetch } from './guarded-fetch';
import { isRehearsal, startJournal } from './journal';
import { type DraftOutcome, type FailureReason, failureReasons } from './outcome';
import { type ProbeOutcome, runProbe } from './probe';
import { type CapabilityProfile, createProfileBox, unprobedProfile } from './profile';
import { createSlots, type SlotLimits } from './slots';
import { createWire } from './wire';

/** How an endpoint is reached and how hard it may be pressed. */
export interface ModelEndpointOptions extends EgressRules {
  /** With its version path, for example `http://10.0.0.8:8000/v1`; no credentials, query or fragment. */
  baseUrl: string;
  model: string;
  apiKey?: string | null;
  /** PEM of the hospital's own certificate authority. */
  ca?: string;
  deadlines?: DeadlineLimits;
  slots?: SlotLimits;
  breaker?: BreakerLimits;
  /** `off` asks for no thinking where the probe found a switch for it. */
  thinking?: 'default' | 'off';
  /** A profile stored earlier, used until the next probe. */
  profile?: CapabilityProfile;
  progressEveryMs?: number;
  /** Names of the headers that requests may add; others are dropped. */
  headerNames?: readonly string[];
  onEvent?: OnModelEvent;
}

/** What an administrator may see; no credentials, no addresses beyond the origin. */
export interface EndpointStatus {
  model: string;
  origin: string | null;
  refused: FailureReason | null;
  rehearsal: boolean;
  breaker: BreakerState;
  breakerWaitMs: number;
  slots: SlotLimits;
  profile: CapabilityProfile;
}

/** One model endpoint. Expected failures are values; thrown is only what `onProgress` or a schema of ours throws. */
export interface ModelEndpoint {
  draft<T>(request: DraftRequest<T>): Promise<DraftOutcome<T>>;
  probe(signal?: AbortSignal): Promise<ProbeOutcome>;
  status(): EndpointStatus;
  close(): Promise<void>;
}

const defaultSlots: SlotLimits = { running: 4, waiting: 64 };
const DEFAULT_HEADERS = ['x-request-id', 'x-rehearsal-fault'];
const MAX_BODY_BYTES = 32 * 1024 * 1024;
const PROGRESS_EVERY_MS = 2000;
const DISCOVER_MS = 5000;

const ignore: OnModelEvent = () => undefined;

/** An endpoint whose address may not be reached: everything is answered with that, nothing is sent. */
const refusedEndpoint = (options: ModelEndpointOptions, refused: FailureReason): ModelEndpoint => {
  const profile = options.profile ?? unprobedProfile;
  const thinking = options.thinking ?? 'default';
  const none: SlotLimits = { running: 0, waiting: 0 };
  return {
    draft: async (request) => {
      const journal = startJournal({ ...request, model: options.model, thinking });
      return failedDraft(refused, null, journal.record(profile));
    },
    probe: async () => ({ ok: false, reason: refused, ...failureReasons[refused], retryAfterMs: null }),
    status: () => ({
      model: options.model,
      origin: null,
      refused,
      rehearsal: isRehearsal(options.model),
      breaker: 'closed',
      breakerWaitMs: 0,
      slots: none,
      profile,
    }),
    close: async () => undefined,
  };
};

const guardedFetchFor = (options: ModelEndpointOptions, guard: EgressGuard, limits: DeadlineLimits): GuardedFetch =>
  createGuardedFetch(guard, {
    connectMs: limits.firstTokenMs,
    silenceMs: limits.totalMs + 1000,
    maxBytes: MAX_BODY_BYTES,
    headerNames: new Set((options.headerNames ?? DEFAULT_HEADERS).map((name) => name.toLowerCase())),
    ...(options.ca === undefined ? {} : { ca: options.ca }),
  });

const admissionFor = (options: ModelEndpointOptions, guarded: GuardedFetch): Admission => {
  const { baseUrl, apiKey = null, onEvent = ignore } = options;
  const limits = options.deadlines ?? defaultDeadlines;
  return {
    context: {
      wire: createWire({ baseUrl, apiKey, totalMs: limits.totalMs, guarded }),
      breaker: createBreaker(options.breaker ?? defaultBreaker),
      model: options.model,
      thinking: options.thinking ?? 'default',
      slowMs: limits.totalMs / 2,
      onEvent,
    },
    limits,
    profiles: createProfileBox(options.profile ?? unprobedProfile, (profile) => onEvent({ kind: 'profile', profile })),
    slots: createSlots(options.slots ?? defaultSlots),
    progressEveryMs: options.progressEveryMs ?? PROGRESS_EVERY_MS,
    onEvent,
  };
};

const probeEndpoint = async (
  { context, limits, profiles }: Admission,
  look: (signal: AbortSignal) => Promise<Discovery>,
  caller?: AbortSignal,
): Promise<ProbeOutcome> => {
  const deadlines = startDeadlines(limits, caller);
  try {
    const discovery = await look(
      AbortSignal.any([deadlines.signal, AbortSignal.timeout(Math.min(DISCOVER_MS, limits.totalMs / 4))]),
    );
    const outcome = await runProbe({ context, deadlines, discovery });
    if (outcome.ok) profiles.learn(profiles.current(), outcome.profile);
    return outcome;
  } finally {
    deadlines.dispose();
  }
};

/**
 * Makes the client of one endpoint. An address that may not be reached (checked here for literal ones, at every
 * connection for names) gives an endpoint that answers `EGRESS_REFUSED`. Throws only on a malformed CIDR.
 */
export const createModelEndpoint = (options: ModelEndpointOptions): ModelEndpoint => {
  const guarded = guardUrl(options.baseUrl, options);
  if (!guarded.ok) return refusedEndpoint(options, guarded.reason);
  const { guard } = guarded;
  const connection = guardedFetchFor(options, guard, options.deadlines ?? defaultDeadlines);
  const admission = admissionFor(options, connection);
  const { context, profiles, slots } = admission;
  const look = (signal: AbortSignal): Promise<Discovery> =>
    discover({ ...options, apiKey: options.apiKey ?? null, guarded: connection, signal });
  return {
    draft: (request) => admittedDraft(request, admission),
    probe: (signal) => probeEndpoint(admission, look, signal),
    status: () => ({
      model: options.model,
      origin: guard.origin,
      refused: null,
      rehearsal: isRehearsal(options.model),
      breaker: context.breaker.state(),
      breakerWaitMs: context.breaker.waitMs(),
      slots: slots.counts(),
      profile: profiles.current(),
    }),
    close: () => connection.close(),
  };
};
