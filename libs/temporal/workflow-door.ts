import { isGrpcServiceError } from '@temporalio/client';
import { defaultPayloadConverter, toPayloads, type Payload, type PayloadCodec } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { type GrpcFault, grpcFaultOf } from './grpc-fault';
import type { TemporalLink } from './temporal-link';

const { WorkflowIdConflictPolicy, WorkflowIdReusePolicy } = temporal.api.enums.v1;

/** Starts a workflow once per workflow id, for ever; `requestId` (the outbox id) makes a repeated call the same call. */
export interface StartRequest {
  readonly workflowId: string;
  readonly workflowType: string;
  readonly taskQueue: string;
  /** Ids only; encoded by the codec. */
  readonly args: readonly unknown[];
  readonly requestId: string;
}

/** Wakes a workflow; `requestId` (the outbox id) makes a repeated call the same signal, within one run. */
export interface SignalRequest {
  readonly workflowId: string;
  readonly signalName: string;
  readonly args: readonly unknown[];
  readonly requestId: string;
}

/** Delivered, or why not; `namespace-missing`, `denied` and `unavailable` are worth another attempt. */
export type Delivery = { readonly ok: true } | { readonly ok: false; readonly reason: GrpcFault };

/** The relay's way into Temporal: raw calls with a request id of our own, answered by values. */
export interface WorkflowDoor {
  readonly start: (request: StartRequest) => Promise<Delivery>;
  readonly signal: (request: SignalRequest) => Promise<Delivery>;
}

/** What a door needs; `deadlineMs` bounds one call with the SDK's retries in it (default 5000). */
export interface DoorOptions {
  readonly link: TemporalLink;
  readonly codec: PayloadCodec;
  readonly deadlineMs?: number;
}

const delivered = async (link: TemporalLink, deadlineMs: number, call: () => Promise<unknown>): Promise<Delivery> => {
  try {
    await link.connection.withDeadline(Date.now() + deadlineMs, call);
    return { ok: true };
  } catch (error) {
    if (!isGrpcServiceError(error)) throw error;
    return { ok: false, reason: grpcFaultOf(error) };
  }
};

/** Opens the door; encoding faults (PAYLOAD_REJECTED, KEY_UNAVAILABLE) are thrown, refusals of the server are values. */
export const createWorkflowDoor = ({ link, codec, deadlineMs = 5000 }: DoorOptions): WorkflowDoor => {
  const { namespace, identity } = link;
  const { workflowService } = link.connection;
  // A raw call encodes nothing by itself.
  const encoded = async (workflowId: string, args: readonly unknown[]): Promise<{ payloads: Payload[] }> => ({
    payloads: await codec.encode(toPayloads(defaultPayloadConverter, ...args) ?? [], {
      type: 'workflow',
      namespace,
      workflowId,
    }),
  });
  return {
    start: async ({ workflowId, workflowType, taskQueue, args, requestId }) => {
      const request = {
        namespace,
        identity,
        requestId,
        workflowId,
        workflowType: { name: workflowType },
        taskQueue: { name: taskQueue },
        input: await encoded(workflowId, args),
        workflowIdReusePolicy: WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE,
        workflowIdConflictPolicy: WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL,
      };
      return delivered(link, deadlineMs, () => workflowService.startWorkflowExecution(request));
    },
    signal: async ({ workflowId, signalName, args, requestId }) => {
      const input = await encoded(workflowId, args);
      const request = { namespace, identity, requestId, signalName, input, workflowExecution: { workflowId } };
      return delivered(link, deadlineMs, () => workflowService.signalWorkflowExecution(request));
    },
  };
};
