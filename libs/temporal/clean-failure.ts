import {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  ChildWorkflowFailure,
  ServerFailure,
  TerminatedFailure,
  TimeoutFailure,
} from '@temporalio/common';
import { type ErrorCode, errorCodes } from '#libs/errors/errors';

/** Causes beyond this depth are dropped; it also ends a cause that points back at itself. */
const deepestCause = 5;

const idKeys = ['caseId', 'reviewId', 'draftId', 'decisionId', 'episodeId', 'taskId', 'messageId', 'outboxId'];
const countKeys = ['draftVersion', 'version', 'round', 'attempt', 'attempts'];
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** An activity's type or generated id; five digits in a row could be part of somebody's number. */
const nameValue = /^(?!.*\d{5})[A-Za-z0-9][\w.-]{0,79}$/;

const isCode = (value: unknown): value is ErrorCode => typeof value === 'string' && Object.hasOwn(errorCodes, value);

const isId = (value: unknown): boolean => typeof value === 'string' && uuid.test(value);

const isCount = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 0 && Number(value) < 10_000;

const fieldsOf = (thrown: unknown): Record<string, unknown> =>
  typeof thrown === 'object' && thrown !== null ? (thrown as Record<string, unknown>) : {};

const nameOr = (value: unknown, otherwise: string): string =>
  typeof value === 'string' && nameValue.test(value) ? value : otherwise;

const codeOf = (thrown: unknown): ErrorCode => {
  const { code, type, message } = fieldsOf(thrown);
  return [code, type, message].find(isCode) ?? 'INTERNAL';
};

/** Of an error's details only known keys with ids and small counts are kept: a name or a number may be a patient's. */
const idsOf = (thrown: unknown): Record<string, unknown> => {
  const { details, detail } = fieldsOf(thrown);
  const given = [detail, ...(Array.isArray(details) ? (details as unknown[]) : [])].map(fieldsOf);
  const kept = given.flatMap((fields) =>
    Object.entries(fields).filter(
      ([key, value]) => (idKeys.includes(key) && isId(value)) || (countKeys.includes(key) && isCount(value)),
    ),
  );
  return Object.fromEntries(kept);
};

const delayOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;

/** A stack begins with the message it was made with, and names the machine's folders. */
const withoutStack = (error: Error): Error => Object.assign(error, { stack: '' });

const asApplicationFailure = (thrown: unknown, cause?: Error): ApplicationFailure => {
  const code = codeOf(thrown);
  const { nonRetryable, nextRetryDelay } = fieldsOf(thrown);
  const ids = idsOf(thrown);
  const delay = delayOf(nextRetryDelay);
  return ApplicationFailure.create({
    message: code,
    type: code,
    nonRetryable: nonRetryable === true,
    details: Object.keys(ids).length > 0 ? [{ code, ...ids }] : [],
    ...(cause && { cause }),
    ...(delay !== undefined && { nextRetryDelay: delay }),
  });
};

const asChildFailure = (thrown: ChildWorkflowFailure, cause?: Error): ChildWorkflowFailure => {
  const { workflowId, runId } = thrown.execution;
  const execution = { workflowId: workflowId ?? '', runId: runId ?? '' };
  return new ChildWorkflowFailure(thrown.namespace, execution, thrown.workflowType, thrown.retryState, cause);
};

const asActivityFailure = (thrown: ActivityFailure, cause?: Error): ActivityFailure => {
  const type = nameOr(thrown.activityType, 'unknown');
  const id = nameOr(thrown.activityId, '');
  return new ActivityFailure('activity failed', type, id, thrown.retryState, undefined, cause);
};

const sameKind = (thrown: unknown, cause?: Error): Error => {
  if (thrown instanceof ActivityFailure) return asActivityFailure(thrown, cause);
  if (thrown instanceof ChildWorkflowFailure) return asChildFailure(thrown, cause);
  if (thrown instanceof CancelledFailure) return new CancelledFailure('cancelled', [], cause);
  if (thrown instanceof TerminatedFailure) return new TerminatedFailure('terminated', cause);
  if (thrown instanceof TimeoutFailure) return new TimeoutFailure('timed out', undefined, thrown.timeoutType);
  if (thrown instanceof ServerFailure) return new ServerFailure('server failure', thrown.nonRetryable, cause);
  return asApplicationFailure(thrown, cause);
};

const cleanTo = (thrown: unknown, depth: number): Error => {
  const cause = fieldsOf(thrown)['cause'];
  const keepCause = depth > 0 && cause !== undefined && cause !== null;
  return withoutStack(sameKind(thrown, keepCause ? cleanTo(cause, depth - 1) : undefined));
};

/**
 * The same failure without data: its message and type are a code of libs/errors or INTERNAL, its details ids only,
 * no stack, its causes likewise. Whatever is thrown at it, it answers.
 */
export const cleanFailure = (thrown: unknown): Error => {
  try {
    return cleanTo(thrown, deepestCause);
  } catch {
    return withoutStack(ApplicationFailure.create({ message: 'INTERNAL', type: 'INTERNAL' }));
  }
};
