import type * as caseStore from '#libs/db/stores/case.store';
import type * as draftStore from '#libs/db/stores/draft.store';
import type * as noticeStore from '#libs/db/stores/notice.store';
import type * as packsInForceStore from '#libs/db/stores/packs-in-force.store';
import type * as recordStore from '#libs/db/stores/record.store';
import type * as reviewStore from '#libs/db/stores/review.store';
import type * as rolloutStore from '#libs/db/stores/rollout.store';
import type * as taskStore from '#libs/db/stores/task.store';
import type * as triageFlowStore from '#libs/db/stores/triage-flow.store';
import { type InTransaction, type Tx } from '#libs/db/transaction';
import { type ModelEndpoint } from '#libs/llm/endpoint';

/** The stores an activity works with; handed in, so that a test can hand in another. */
export interface Stores {
  readonly cases: typeof caseStore;
  readonly drafts: typeof draftStore;
  readonly notices: typeof noticeStore;
  readonly packs: typeof packsInForceStore;
  readonly records: typeof recordStore;
  readonly reviews: typeof reviewStore;
  readonly rollouts: typeof rolloutStore;
  readonly tasks: typeof taskStore;
  readonly triage: typeof triageFlowStore;
}

/** Everything the activities are built over. */
export interface ActivityDependencies {
  readonly inTransaction: InTransaction;
  readonly stores: Stores;
  readonly model: ModelEndpoint;
  /** Contract durations are multiplied by this (1 outside demonstrations and tests). */
  readonly timeScale: number;
  /** The organisation of a case; throws NOT_FOUND for an unknown one. */
  readonly organisationOf: (caseId: string) => Promise<string>;
}

/** Runs a step in one transaction as the worker, for the organisation of the case. */
export const asWorker = async <T>(
  { inTransaction, organisationOf }: ActivityDependencies,
  caseId: string,
  work: (tx: Tx) => Promise<T>,
): Promise<T> => inTransaction({ kind: 'system', name: 'worker', organisationId: await organisationOf(caseId) }, work);
