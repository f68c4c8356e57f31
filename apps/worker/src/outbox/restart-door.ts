import { isGrpcServiceError } from '@temporalio/client';
import { defaultPayloadConverter, type PayloadCodec, toPayloads } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { grpcFaultOf } from '#libs/temporal/grpc-fault';
import { type TemporalLink } from '#libs/temporal/temporal-link';
import { createWorkflowDoor } from '#libs/temporal/workflow-door';
import { type RelayDoor } from './relay-door';

const { WorkflowIdConflictPolicy, WorkflowIdReusePolicy } = temporal.api.enums.v1;
const deadlineMs = 5000;

const createRestart =
  ({ connection, namespace, identity }: TemporalLink, codec: PayloadCodec): RelayDoor['restart'] =>
  async ({ workflowId, workflowType, taskQueue, args, requestId }) => {
    const context = { type: 'workflow', namespace, workflowId } as const;
    const payloads = await codec.encode(toPayloads(defaultPayloadConverter, ...args) ?? [], context);
    const request = {
      namespace,
      identity,
      requestId,
      workflowId,
      workflowType: { name: workflowType },
      taskQueue: { name: taskQueue },
      input: { payloads },
      workflowIdReusePolicy: WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL,
    };
    try {
      await connection.withDeadline(Date.now() + deadlineMs, () =>
        connection.workflowService.startWorkflowExecution(request),
      );
      return { ok: true };
    } catch (error) {
      if (!isGrpcServiceError(error)) throw error;
      return { ok: false, reason: grpcFaultOf(error) };
    }
  };

/** The relay's door to the real Temporal: like the workflow door, and it can start a closed workflow again. */
export const createRelayDoor = (link: TemporalLink, codec: PayloadCodec): RelayDoor => ({
  ...createWorkflowDoor({ link, codec, deadlineMs }),
  restart: createRestart(link, codec),
});
