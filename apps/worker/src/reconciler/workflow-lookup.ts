import { isGrpcServiceError } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { grpcFaultOf } from '#libs/temporal/grpc-fault';
import { type TemporalLink } from '#libs/temporal/temporal-link';

const { WorkflowExecutionStatus } = temporal.api.enums.v1;

/** One run of a workflow as Temporal lists it. */
export interface ListedRun {
  readonly workflowId: string;
  readonly runId: string;
  readonly startedAt: Date;
}

/** Whether a workflow runs now; `closed` with the run that closed last, `missing`: Temporal knows nothing of it. */
export type RunState =
  | { readonly state: 'running' | 'closed'; readonly runId: string }
  | { readonly state: 'missing'; readonly runId: null };

/** What the reconciler asks Temporal. Throws the client's error while Temporal is away. */
export interface WorkflowLookup {
  /** Pages of the runs that Temporal's index lists as running; the index is a second or so behind. */
  readonly running: () => AsyncIterable<readonly ListedRun[]>;
  /** Runs whose workflow task failed again and again. */
  readonly troubled: () => AsyncIterable<readonly ListedRun[]>;
  /** The truth about one workflow, not the index. */
  readonly stateOf: (workflowId: string) => Promise<RunState>;
}

const isRunning = 'ExecutionStatus = "Running"';

/** How Temporal is asked (defaults: pages of 1000, 10 s for each answer). */
export interface LookupOptions {
  readonly pageSize?: number;
  readonly deadlineMs?: number;
}

interface Asking {
  readonly link: TemporalLink;
  readonly pageSize: number;
  readonly deadlineMs: number;
}

type Info = temporal.api.workflow.v1.IWorkflowExecutionInfo;

const listed = ({ execution, startTime }: Info): ListedRun => ({
  workflowId: execution?.workflowId ?? '',
  runId: execution?.runId ?? '',
  startedAt: new Date(Number(startTime?.seconds ?? 0) * 1000),
});

async function* pages({ link, pageSize, deadlineMs }: Asking, query: string): AsyncIterable<readonly ListedRun[]> {
  const { workflowService } = link.connection;
  let nextPageToken: Uint8Array = new Uint8Array();
  do {
    const request = { namespace: link.namespace, query, pageSize, nextPageToken };
    const page = await link.connection.withDeadline(Date.now() + deadlineMs, () =>
      workflowService.listWorkflowExecutions(request),
    );
    yield page.executions.map(listed);
    ({ nextPageToken } = page);
  } while (nextPageToken.length > 0);
}

const stateOf = async ({ link, deadlineMs }: Asking, workflowId: string): Promise<RunState> => {
  const request = { namespace: link.namespace, execution: { workflowId } };
  try {
    const { workflowExecutionInfo: info } = await link.connection.withDeadline(Date.now() + deadlineMs, () =>
      link.connection.workflowService.describeWorkflowExecution(request),
    );
    const running = info?.status === WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
    return { state: running ? 'running' : 'closed', runId: info?.execution?.runId ?? '' };
  } catch (error) {
    if (isGrpcServiceError(error) && grpcFaultOf(error) === 'not-found') return { state: 'missing', runId: null };
    throw error;
  }
};

/** Asks Temporal over a link. */
export const createWorkflowLookup = (
  link: TemporalLink,
  { pageSize = 1000, deadlineMs = 10_000 }: LookupOptions = {},
): WorkflowLookup => {
  const asking = { link, pageSize, deadlineMs };
  return {
    running: () => pages(asking, isRunning),
    troubled: () => pages(asking, `${isRunning} AND TemporalReportedProblems IS NOT NULL`),
    stateOf: (workflowId) => stateOf(asking, workflowId),
  };
};
