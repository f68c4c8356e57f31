import { ask, type AskContext, type Asked } from './ask';
import { type Deadlines } from './deadlines';
import { downgrade } from './downgrade';
import { type Journal } from './journal';
import { type DraftOutcome, type FailureReason, failureReasons } from './outcome';
import { type CapabilityProfile, type ProfileBox } from './profile';
import { type Prompt } from './prompt';
import { type Correction } from './request-body';

/** What a caller asks of an endpoint. */
export interface DraftRequest<T> {
  prompt: Prompt<T>;
  /** The patient data, sent as the last message. */
  input: string;
  maxTokens: number;
  signal?: AbortSignal;
  /** Called every few seconds while waiting, for Temporal's heartbeats. */
  onProgress?: () => void;
  headers?: Readonly<Record<string, string>>;
}

/** What one draft runs with. */
export interface DraftRun {
  context: AskContext;
  profiles: ProfileBox;
  deadlines: Deadlines;
  journal: Journal;
}

/** First question and two re-asks. */
const MAX_ASKS = 3;

/** Faults of a complete answer that the model may mend when told the paths; a cut or endless one it may not. */
const MENDABLE: ReadonlySet<FailureReason> = new Set<FailureReason>([
  'empty',
  'syntax',
  'duplicate-key',
  'forbidden-key',
  'unsafe-number',
  'unsafe-text',
  'too-deep',
  'schema',
  'coerced',
  'degenerate',
  'wrong-language',
]);

/** A failed outcome with its code; used also where no request was made. */
export const failedDraft = (
  reason: FailureReason,
  retryAfterMs: number | null,
  record: Extract<DraftOutcome<never>, { ok: false }>['record'],
): DraftOutcome<never> => ({ ok: false, reason, ...failureReasons[reason], retryAfterMs, record });

const correctionFor = <T>({ reading }: Asked<T>, asks: number): Correction | null => {
  if (reading?.kind !== 'rejected' || asks >= MAX_ASKS || !MENDABLE.has(reading.reason)) return null;
  return { reason: reading.reason, paths: reading.paths };
};

/** What an accepted request taught: its mode works, its thinking comes out there. */
const taught = <T>(asked: Asked<T>, used: CapabilityProfile): CapabilityProfile => {
  const proven = used.structuredModeProven || asked.reading?.kind !== 'rejected';
  return {
    ...used,
    structuredModeProven: proven,
    reasoningField: asked.completion.reasoningField ?? used.reasoningField,
  };
};

const finished = <T>(asked: Asked<T>, profile: CapabilityProfile, journal: Journal): DraftOutcome<T> => {
  const record = journal.record(profile);
  const { failure, reading } = asked;
  if (failure !== null) return failedDraft(failure.reason, failure.retryAfterMs, record);
  if (reading === null) return failedDraft('empty', null, record);
  if (reading.kind === 'rejected') return failedDraft(reading.reason, null, record);
  const repaired = reading.kind === 'repaired' ? { kinds: reading.repairs } : null;
  return { ok: true, value: reading.value, repaired, record };
};

/** Asks until there is a draft or nothing more to try: plainer parameters where refused, at most two re-asks. */
export const runDraft = async <T>(request: DraftRequest<T>, run: DraftRun): Promise<DraftOutcome<T>> => {
  const { context, profiles, deadlines, journal } = run;
  const { prompt, input, maxTokens, headers = {} } = request;
  const before = profiles.current();
  let profile = before;
  let correction: Correction | null = null;
  let asks = 1;
  for (;;) {
    const asked: Asked<T> = await ask(context, { prompt, input, maxTokens, headers, correction, profile, deadlines });
    journal.add(asked);
    const plainer = asked.failure === null ? null : downgrade(profile, asked.failure);
    if (plainer !== null) {
      profile = plainer;
      continue;
    }
    if (asked.failure === null) {
      profile = taught(asked, profile);
      profiles.learn(before, profile);
    }
    correction = correctionFor(asked, asks);
    if (correction === null) return finished(asked, profile, journal);
    asks += 1;
  }
};
