import type { ActivityDependencies } from '../../activities';
import * as cases from '#libs/db/stores/case.store';
import * as drafts from '#libs/db/stores/draft.store';
import * as notices from '#libs/db/stores/notice.store';
import * as packs from '#libs/db/stores/packs-in-force.store';
import * as records from '#libs/db/stores/record.store';
import * as reviews from '#libs/db/stores/review.store';
import * as rollouts from '#libs/db/stores/rollout.store';
import * as tasks from '#libs/db/stores/task.store';
import * as triage from '#libs/db/stores/triage-flow.store';
import { type ModelEndpoint } from '#libs/llm/endpoint';
import { type Ledger } from './ledger-fixture';

/** The activities' dependencies over a test ledger, as the worker builds them over the real one. */
export const activityDeps = (ledger: Ledger, model: Partial<ModelEndpoint> = {}): ActivityDependencies => ({
  inTransaction: ledger.inTransaction,
  stores: { cases, drafts, notices, packs, records, reviews, rollouts, tasks, triage },
  model: model as ModelEndpoint,
  timeScale: 1,
  organisationOf: () => Promise.resolve(ledger.organisationId),
});
