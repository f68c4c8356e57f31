import type { Payload, PayloadCodec } from '@temporalio/common';
import type { SerializationContext } from '@temporalio/common/lib/converter/serialization-context';
import { temporal } from '@temporalio/proto';
import { open, placeOf, seal } from '#libs/crypto/aead';
import { type KeyRing, keyIdPattern } from '#libs/crypto/key-ring';
import { CountersignError, isCountersignError } from '#libs/errors/errors';
import { rejectedMarker } from '#libs/errors/rejected';

const wire = temporal.api.common.v1.Payload;

/** The encoding name that marks an encrypted payload on the wire. */
export const encryptedEncoding = 'binary/encrypted';

/** Why a payload was refused. */
export type RejectionReason = 'unencrypted' | 'no-context' | 'foreign-workflow' | 'unknown-key' | 'forged';

/** A security event: something that is not ours, or not meant for this workflow, came through Temporal. */
export interface Rejection {
  readonly reason: RejectionReason;
  readonly contextType: SerializationContext['type'] | 'none';
  readonly workflowId?: string;
  /** Only ever of our own form; anything else in its place is not repeated. */
  readonly keyId?: string;
}

/** What a codec needs; `side` says who decodes, because only workflow input on a worker must not throw. */
export interface CodecOptions {
  readonly ring: KeyRing;
  readonly namespace: string;
  readonly side: 'worker' | 'client';
  /** Raises the alarm; called for every refused payload, before it is answered. */
  readonly onRejected: (rejection: Rejection) => void;
}

interface Place {
  readonly workflowId: string;
  readonly keyId: string;
}

type Outcome = { readonly ok: true; readonly payload: Payload } | { readonly ok: false; readonly rejection: Rejection };

const text = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString('utf8');

const aadOf = (namespace: string, { workflowId, keyId }: Place): Buffer =>
  placeOf('v1', namespace, workflowId, keyId, encryptedEncoding);

const workflowOf = (namespace: string, context?: SerializationContext): string | undefined =>
  context?.namespace === namespace ? context.workflowId : undefined;

const encrypt = ({ ring, namespace }: CodecOptions, workflowId: string, payload: Payload): Payload => {
  const keyId = ring.currentKeyId;
  const sealed = seal({
    key: ring.subKey(keyId, 'temporal'),
    aad: aadOf(namespace, { workflowId, keyId }),
    data: wire.encode(payload).finish(),
  });
  return {
    metadata: {
      encoding: Buffer.from(encryptedEncoding),
      'encryption-key-id': Buffer.from(keyId),
      'workflow-id': Buffer.from(workflowId),
    },
    data: sealed,
  };
};

const reasonOf = (error: unknown): RejectionReason =>
  isCountersignError(error) && error.code === 'KEY_UNAVAILABLE' ? 'unknown-key' : 'forged';

const decrypt = (options: CodecOptions, payload: Payload, context?: SerializationContext): Outcome => {
  const workflowId = workflowOf(options.namespace, context);
  const keyId = text(payload.metadata?.['encryption-key-id']);
  const reject = (reason: RejectionReason): Outcome => ({
    ok: false,
    rejection: {
      reason,
      contextType: context?.type ?? 'none',
      ...(workflowId !== undefined && { workflowId }),
      ...(keyIdPattern.test(keyId) && { keyId }),
    },
  });
  // No encoding is let through in plain form: nothing that workers and clients of ours exchange needs it.
  if (text(payload.metadata?.['encoding']) !== encryptedEncoding) return reject('unencrypted');
  if (workflowId === undefined) return reject('no-context');
  if (text(payload.metadata?.['workflow-id']) !== workflowId) return reject('foreign-workflow');
  try {
    const key = options.ring.subKey(keyId, 'temporal');
    const aad = aadOf(options.namespace, { workflowId, keyId });
    return { ok: true, payload: wire.decode(open({ key, aad, data: payload.data ?? new Uint8Array() })) };
  } catch (error) {
    return reject(reasonOf(error));
  }
};

const raiseAlarm = ({ onRejected }: CodecOptions, rejection: Rejection): void => {
  try {
    onRejected(rejection);
  } catch {
    // Decoding workflow input must not throw, not even when the alarm does.
    process.emitWarning('the alarm of the payload codec failed', { code: 'COUNTERSIGN_ALARM' });
  }
};

const rejectedPayload = (): Payload => ({
  metadata: { encoding: Buffer.from('json/plain') },
  data: Buffer.from(JSON.stringify(rejectedMarker)),
});

const decodeOne = (options: CodecOptions, payload: Payload, context?: SerializationContext): Payload => {
  const outcome = decrypt(options, payload, context);
  if (outcome.ok) return outcome.payload;
  raiseAlarm(options, outcome.rejection);
  // A throw here fails the workflow task for ever: anyone who reaches the server could block a case.
  if (options.side === 'worker' && context?.type === 'workflow') return rejectedPayload();
  throw new CountersignError('PAYLOAD_REJECTED', { reason: outcome.rejection.reason });
};

/**
 * Encrypts every payload for its workflow (AES-256-GCM, bound to namespace, workflow id and key id).
 * Encoding without a workflow throws PAYLOAD_REJECTED. Decoding what is not ours gives a worker's workflow the marker
 * of libs/errors/rejected, and throws PAYLOAD_REJECTED for activities and clients; both raise the alarm.
 */
export const createPayloadCodec = (options: CodecOptions): PayloadCodec => ({
  encode: async (payloads, context) => {
    const workflowId = workflowOf(options.namespace, context);
    if (payloads.length === 0) return [];
    if (workflowId === undefined) throw new CountersignError('PAYLOAD_REJECTED', { reason: 'no-context' });
    return payloads.map((payload) => encrypt(options, workflowId, payload));
  },
  decode: async (payloads, context) => payloads.map((payload) => decodeOne(options, payload, context)),
});
