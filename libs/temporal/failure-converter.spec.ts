import {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  ChildWorkflowFailure,
  DefaultFailureConverter,
  defaultPayloadConverter,
  type Payload,
  RetryState,
  ServerFailure,
  TemporalFailure,
  TerminatedFailure,
  TimeoutFailure,
  TimeoutType,
} from '@temporalio/common';
import type { SerializationContext } from '@temporalio/common/lib/converter/serialization-context';
import { z } from 'zod';
import { CountersignError, errorCodes } from '#libs/errors/errors';
import { failureConverter } from './failure-converter';

const context: SerializationContext = { type: 'workflow', namespace: 'countersign', workflowId: 'triage:1' };
const canary = 'CANARY张三110101199003070011';
const reviewId = '0195c1de-0000-7000-8000-000000000001';

type Failure = ReturnType<typeof failureConverter.errorToFailure>;
const convert = (thrown: unknown, at: SerializationContext | undefined = context): Failure =>
  failureConverter.errorToFailure(thrown, defaultPayloadConverter, at);

/** Everything a failure holds: its own text, and the text inside the payloads the codec would encrypt. */
const everything = (value: unknown): string => {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (typeof value !== 'object' || value === null) return String(value);
  const own = value instanceof Error ? [value.message, value.stack, value.name, value.cause] : [];
  return [...Object.keys(value), ...Object.values(value), ...own].map(everything).join('\n');
};

const caused = (error: Error, cause: unknown): Error => Object.assign(error, { cause });
const jsonError = (): unknown => {
  try {
    return JSON.parse(canary);
  } catch (error) {
    return error;
  }
};
const cyclic = (): Error => {
  const error = new Error(canary);
  return caused(error, error);
};
const renamed = (): Error => Object.assign(new Error('x'), { name: canary });
const fromServer = (): Error => {
  const leaky = new DefaultFailureConverter();
  return leaky.failureToError(
    leaky.errorToFailure(
      ApplicationFailure.create({ message: canary, type: canary, details: [canary] }),
      defaultPayloadConverter,
    ),
    defaultPayloadConverter,
  );
};
const execution = { workflowId: 'triage:1', runId: 'r' };
const hostile = {
  get message(): string {
    throw new Error(canary);
  },
};

const thrown: [string, unknown][] = [
  ['a plain message', new Error(canary)],
  ['a nested cause', caused(new Error('outer'), caused(new Error('middle'), new Error(canary)))],
  ['a cause that is no error', caused(new Error('outer'), canary)],
  ['a cause that is itself', cyclic()],
  ['an error name', renamed()],
  [
    'an error code of another library',
    Object.assign(new Error(canary), { code: canary, detail: canary, parameters: [canary] }),
  ],
  ['a JSON error', jsonError()],
  ['a zod error with an unknown key', z.strictObject({}).safeParse({ [canary]: canary }).error],
  ['a failure type', ApplicationFailure.create({ type: canary, message: canary })],
  [
    'failure details',
    ApplicationFailure.create({ type: 'INTERNAL', details: [canary, { [canary]: canary, caseId: canary }] }),
  ],
  [
    'details that JSON cannot hold',
    ApplicationFailure.create({ type: 'INTERNAL', details: [1n, { caseId: Symbol(canary) }] }),
  ],
  ['a failure cause', ApplicationFailure.create({ type: 'STALE_DRAFT', cause: new Error(canary) })],
  ['a retry delay', ApplicationFailure.create({ nextRetryDelay: canary as '1s' })],
  ['our error with data in its detail', new CountersignError('STALE_DRAFT', { name: canary, reviewId: canary })],
  ['a string', canary],
  ['an object', { canary, [canary]: 1, message: canary, type: canary }],
  ['an object that throws when read', hostile],
  ['an object without a prototype', Object.assign(Object.create(null) as object, { canary })],
  ['nothing', undefined],
  ['null', null],
  ['a function', () => canary],
  ['a symbol', Symbol(canary)],
  ['an activity failure', new ActivityFailure(canary, canary, canary, RetryState.TIMEOUT, canary, new Error(canary))],
  [
    'a child failure',
    new ChildWorkflowFailure('countersign', execution, 'triage', RetryState.TIMEOUT, new Error(canary)),
  ],
  ['a cancellation', new CancelledFailure(canary, [canary], new Error(canary))],
  ['a timeout with heartbeat details', new TimeoutFailure(canary, { canary }, TimeoutType.HEARTBEAT)],
  ['a termination', new TerminatedFailure(canary, new Error(canary))],
  ['a server failure', new ServerFailure(canary, true, new Error(canary))],
  ['another Temporal failure', new TemporalFailure(canary, new Error(canary))],
  ['a failure that came from the server', fromServer()],
];

describe('the failure converter (P-2)', () => {
  it.each(thrown)('lets nothing of %s out, not even encrypted', (_what, value) => {
    for (const at of [context, undefined]) {
      const failure = convert(value, at);
      expect(everything(failure)).not.toContain('CANARY');
      expect(everything(failure)).not.toContain('张三');
      expect(everything(failure)).not.toContain(__dirname);
    }
  });

  it.each(thrown)(
    'gives every failure in the chain of %s a type of the fixed list, or a kind of Temporal’s own',
    (_w, value) => {
      const kinds = [
        'activityFailureInfo',
        'childWorkflowExecutionFailureInfo',
        'canceledFailureInfo',
        'timeoutFailureInfo',
        'terminatedFailureInfo',
        'serverFailureInfo',
      ] as const;
      let failure: Failure | null | undefined = convert(value);
      let length = 0;
      for (; failure; failure = failure.cause, length++) {
        const type = failure.applicationFailureInfo?.type;
        if (type === undefined || type === null) expect(kinds.some((kind) => failure?.[kind])).toBe(true);
        else expect(Object.keys(errorCodes)).toContain(type);
      }
      expect(length).toBeGreaterThan(0);
      expect(length).toBeLessThanOrEqual(6);
    },
  );

  it('hides message and stack even when they are only codes', () => {
    const failure = convert(new CountersignError('STALE_DRAFT'));
    expect(failure.message).toBe('Encoded failure');
    expect(failure.stackTrace).toBe('');
    expect(defaultPayloadConverter.fromPayload(failure.encodedAttributes!)).toEqual({
      message: 'STALE_DRAFT',
      stack_trace: '',
    });
  });

  it('keeps code, ids, counts and retry rule of an application failure', () => {
    const failure = convert(
      ApplicationFailure.create({
        type: 'STALE_DRAFT',
        message: canary,
        nonRetryable: true,
        nextRetryDelay: 1500,
        details: [{ code: canary, reviewId, draftVersion: 3, version: 19900307, caseId: '13800138000', note: canary }],
      }),
    );
    expect(failure.applicationFailureInfo).toMatchObject({ type: 'STALE_DRAFT', nonRetryable: true });
    expect(Number(failure.applicationFailureInfo?.nextRetryDelay?.seconds)).toBe(1);
    const details = failure.applicationFailureInfo?.details?.payloads as Payload[];
    expect(details.map((payload) => defaultPayloadConverter.fromPayload(payload))).toEqual([
      { code: 'STALE_DRAFT', reviewId, draftVersion: 3 },
    ]);
  });

  it('knows our error however the SDK wrapped it', () => {
    const wrapped = ApplicationFailure.fromError(new CountersignError('MODEL_TIMEOUT', { reviewId }));
    for (const error of [wrapped, new CountersignError('MODEL_TIMEOUT'), { code: 'MODEL_TIMEOUT' }]) {
      expect(convert(error).applicationFailureInfo?.type).toBe('MODEL_TIMEOUT');
    }
    expect(convert(new Error('toString')).applicationFailureInfo?.type).toBe('INTERNAL');
  });

  it('adds no payload where there is no context to encrypt it for', () => {
    const nested = ApplicationFailure.create({
      type: 'STALE_DRAFT',
      details: [{ reviewId }],
      cause: ApplicationFailure.create({ type: 'NO_DRAFT', details: [{ reviewId }] }),
    });
    const failure = failureConverter.errorToFailure(nested, defaultPayloadConverter);
    for (const one of [failure, failure.cause!]) {
      expect(one.encodedAttributes ?? undefined).toBeUndefined();
      expect(one.applicationFailureInfo?.details ?? undefined).toBeUndefined();
    }
    expect([failure.message, failure.cause?.message]).toEqual(['STALE_DRAFT', 'NO_DRAFT']);
  });

  it('comes back as the same kind of error, for retries and cancellation to be told apart', () => {
    const back = (error: Error): Error =>
      failureConverter.failureToError(convert(error), defaultPayloadConverter, context);
    expect(back(new CancelledFailure('x'))).toBeInstanceOf(CancelledFailure);
    expect(back(new TimeoutFailure('x', undefined, TimeoutType.START_TO_CLOSE))).toMatchObject({
      timeoutType: 'START_TO_CLOSE',
    });
    const cause = ApplicationFailure.create({ type: 'MODEL_REFUSED', message: 'x' });
    const failed = back(new ActivityFailure('x', 'draftTriage', '7', RetryState.MAXIMUM_ATTEMPTS_REACHED, 'w', cause));
    expect(failed).toBeInstanceOf(ActivityFailure);
    expect(failed).toMatchObject({
      activityType: 'draftTriage',
      activityId: '7',
      retryState: 'MAXIMUM_ATTEMPTS_REACHED',
    });
    expect(failed.cause).toMatchObject({ type: 'MODEL_REFUSED', message: 'MODEL_REFUSED' });
  });

  it('ignores a rejected marker in place of the encrypted message', () => {
    const failure = convert(new CountersignError('NO_DRAFT'));
    const rejected = {
      ...failure,
      encodedAttributes: defaultPayloadConverter.toPayload({ 'countersign/rejected': true })!,
    };
    expect(failureConverter.failureToError(rejected, defaultPayloadConverter, context)).toMatchObject({
      type: 'NO_DRAFT',
    });
  });

  it('is needed: the SDK alone leaves the type in plain text', () => {
    const sdk = new DefaultFailureConverter({ encodeCommonAttributes: true });
    const failure = sdk.errorToFailure(ApplicationFailure.create({ type: canary }), defaultPayloadConverter, context);
    expect(failure.applicationFailureInfo?.type).toBe(canary);
  });
});
