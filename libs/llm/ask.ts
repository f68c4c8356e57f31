import { breakerReport } from './blame';
import { type Breaker } from './breaker';
import { type Completion, emptyCompletion } from './completion';
import { type Deadlines } from './deadlines';
import { type OnModelEvent } from './events';
import { type DraftAttempt } from './outcome';
import { type CapabilityProfile } from './profile';
import { type Prompt } from './prompt';
import { type Correction, requestBody } from './request-body';
import { readAnswer, type Reading } from './structure';
import { type Wire, type WireAnswer } from './wire';
import { type WireFailure } from './wire-failure';

/** What every request of an endpoint shares. */
export interface AskContext {
  wire: Wire;
  breaker: Breaker;
  model: string;
  thinking: 'default' | 'off';
  /** A single request running this long counts against the endpoint. */
  slowMs: number;
  onEvent: OnModelEvent;
}

/** One question to the model. */
export interface Question<T> {
  prompt: Prompt<T>;
  input: string;
  maxTokens: number;
  headers: Readonly<Record<string, string>>;
  correction: Correction | null;
  profile: CapabilityProfile;
  deadlines: Deadlines;
}

/** One answer read: transport failure or reading of the text, and the entry for the draft's record. */
export interface Asked<T> {
  failure: WireFailure | null;
  reading: Reading<T> | null;
  completion: Completion;
  attempt: DraftAttempt;
}

const outcomeOf = <T>(failure: WireFailure | null, reading: Reading<T> | null): DraftAttempt['outcome'] => {
  if (failure !== null) return failure.reason;
  if (reading === null) return 'empty';
  return reading.kind === 'rejected' ? reading.reason : reading.kind;
};

const attemptOf = <T>(answer: WireAnswer, reading: Reading<T> | null, profile: CapabilityProfile): DraftAttempt => ({
  outcome: outcomeOf(answer.failure, reading),
  structuredMode: profile.structuredMode,
  durationMs: answer.durationMs,
  firstTokenMs: answer.firstTokenMs,
  promptTokens: answer.completion.usage.promptTokens,
  completionTokens: answer.completion.usage.completionTokens,
  finishReason: answer.completion.finishReason,
  paths: reading?.kind === 'rejected' ? reading.paths : [],
});

const turnedAway = (retryAfterMs: number): WireAnswer => ({
  completion: emptyCompletion(),
  failure: { reason: 'breaker-open', retryAfterMs, refuses: null },
  durationMs: 0,
  firstTokenMs: null,
});

const throughBreaker = async <T>(context: AskContext, question: Question<T>): Promise<WireAnswer> => {
  const { wire, breaker, onEvent } = context;
  const before = breaker.state();
  const passage = breaker.enter();
  if (!passage.ok) return turnedAway(passage.retryAfterMs);
  const body = requestBody({ ...context, ...question });
  const answer = await wire.complete({ body, headers: question.headers, deadlines: question.deadlines });
  passage.report(breakerReport(answer.failure, answer.durationMs >= context.slowMs));
  const state = breaker.state();
  if (state !== before) onEvent({ kind: 'breaker', state });
  return answer;
};

/** Puts one question through the breaker and reads the answer against the prompt's schema. */
export const ask = async <T>(context: AskContext, question: Question<T>): Promise<Asked<T>> => {
  const answer = await throughBreaker(context, question);
  const reading = answer.failure === null ? readAnswer(answer.completion, question.prompt) : null;
  const attempt = attemptOf(answer, reading, question.profile);
  context.onEvent({ kind: 'attempt', promptId: question.prompt.id, attempt });
  return { failure: answer.failure, reading, completion: answer.completion, attempt };
};
