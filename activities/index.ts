import { type ProcessName } from '#libs/processes/index';
import { type ActivityDependencies } from './dependencies';
import { createReviewActivities } from './review/review.activities';
import { createTriageLedgerActivities, createTriageModelActivities } from './triage/triage.activities';

export { type ActivityDependencies, type Stores } from './dependencies';
export { acuityPrompt } from './triage/triage.prompt';

type Activities = Readonly<Record<string, (...args: never[]) => Promise<unknown>>>;

const ledger = {
  triage: createTriageLedgerActivities,
} satisfies Record<ProcessName, (deps: ActivityDependencies) => unknown>;

const model = {
  triage: createTriageModelActivities,
} satisfies Record<ProcessName, (deps: ActivityDependencies) => unknown>;

/** Database-only steps, run as local activities beside the workflows. */
export const createLedgerActivities = (deps: ActivityDependencies): Activities =>
  Object.assign(
    { ...createReviewActivities(deps) },
    ...Object.values(ledger).map((create) => create(deps)),
  ) as Activities;

/** Steps that leave the machine, run on the model's task queue. */
export const createModelActivities = (deps: ActivityDependencies): Activities =>
  Object.assign({}, ...Object.values(model).map((create) => create(deps))) as Activities;
