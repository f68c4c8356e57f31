import { type ProcessName } from '#libs/processes/index';
import { triageWorkflow } from './triage/triage.workflow';

export { triageWorkflow };

/** Every process has its workflow: the compiler lists what a new one lacks. */
export const workflows = { triage: triageWorkflow } satisfies Record<ProcessName, unknown>;
