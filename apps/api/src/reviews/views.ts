import { type ProcessName } from '#libs/processes/index';
import { describeTriage } from '../triage/triage.view';
import { type DescribeCase } from './process-view';

/** What each process adds to the view of its reviews. */
export const processViews = { triage: describeTriage } satisfies Record<ProcessName, DescribeCase>;
