import { isGrpcServiceError } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { grpcFaultOf } from '#libs/temporal/grpc-fault';
import { type TemporalLink } from '#libs/temporal/temporal-link';

const { WorkflowExecutionStatus: Status } = temporal.api.enums.v1;

/** How the latest run of a workflow stands; `broken` is every end that no code of ours chose. */
export type WorkflowState = 'running' | 'completed' | 'broken' | 'missing';

/** What the invariants ask Temporal; throws the client's error while it is away. */
export interface WorkflowView {
  /** Workflow ids that Temporal's index lists as running; the index is a second or so behind. */
  running(): Promise<string[]>;
  /** Workflow ids that report problems. */
  troubled(): Promise<string[]>;
  /** The truth about one workflow, not the index. */
  stateOf(workflowId: string): Promise<WorkflowState>;
}

const deadlineMs = 10_000;
const running = 'ExecutionStatus = "Running"';

/** Looks at the workflows of a namespace over a link; needs no key, since it reads no payload. */
export const createWorkflowView = (link: TemporalLink): WorkflowView => ({
  running: () => listed(link, running),
  troubled: () => listed(link, `${running} AND TemporalReportedProblems IS NOT NULL`),
  stateOf: (workflowId) => stateOf(link, workflowId),
});

const listed = async ({ connection, namespace }: TemporalLink, query: string): Promise<string[]> => {
  const ids: string[] = [];
  let nextPageToken: Uint8Array = new Uint8Array();
  do {
    const request = { namespace, query, pageSize: 1000, nextPageToken };
    const page = await connection.withDeadline(Date.now() + deadlineMs, () =>
      connection.workflowService.listWorkflowExecutions(request),
    );
    ids.push(...page.executions.map(({ execution }) => execution?.workflowId ?? ''));
    ({ nextPageToken } = page);
  } while (nextPageToken.length > 0);
  // Temporal keeps workflows of its own in every namespace.
  return ids.filter((id) => !id.startsWith('temporal-sys-'));
};

const stateOf = async ({ connection, namespace }: TemporalLink, workflowId: string): Promise<WorkflowState> => {
  try {
    const { workflowExecutionInfo: info } = await connection.withDeadline(Date.now() + deadlineMs, () =>
      connection.workflowService.describeWorkflowExecution({ namespace, execution: { workflowId } }),
    );
    return stateNames.get(info?.status ?? 0) ?? 'broken';
  } catch (error) {
    if (isGrpcServiceError(error) && grpcFaultOf(error) === 'not-found') return 'missing';
    throw error;
  }
};

const stateNames: ReadonlyMap<number, WorkflowState> = new Map([
  [Status.WORKFLOW_EXECUTION_STATUS_RUNNING, 'running'],
  [Status.WORKFLOW_EXECUTION_STATUS_CONTINUED_AS_NEW, 'running'],
  [Status.WORKFLOW_EXECUTION_STATUS_COMPLETED, 'completed'],
]);
