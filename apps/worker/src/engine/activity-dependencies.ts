import { type DataSource } from 'typeorm';
import { type ActivityDependencies, type Stores } from '#activities';
import * as cases from '#libs/db/stores/case.store';
import * as drafts from '#libs/db/stores/draft.store';
import * as notices from '#libs/db/stores/notice.store';
import * as packs from '#libs/db/stores/packs-in-force.store';
import * as records from '#libs/db/stores/record.store';
import * as reviews from '#libs/db/stores/review.store';
import * as rollouts from '#libs/db/stores/rollout.store';
import * as tasks from '#libs/db/stores/task.store';
import * as triage from '#libs/db/stores/triage-flow.store';
import { readForInstallation } from '#libs/db/transaction';
import { CountersignError } from '#libs/errors/errors';

/** The real stores. */
export const stores: Stores = { cases, drafts, notices, packs, records, reviews, rollouts, tasks, triage };

const rememberedCases = 20_000;

/** Looks up the organisation of a case, which never changes, and remembers it. */
export const createOrganisationOf = (source: DataSource): ActivityDependencies['organisationOf'] => {
  const known = new Map<string, string>();
  return async (caseId) => {
    const remembered = known.get(caseId);
    if (remembered !== undefined) return remembered;
    const [row] = await readForInstallation<{ organisation_id: string }>(
      source,
      'select organisation_id from cases where id = $1',
      [caseId],
    );
    if (!row) throw new CountersignError('NOT_FOUND', { caseId });
    if (known.size >= rememberedCases) known.clear();
    known.set(caseId, row.organisation_id);
    return row.organisation_id;
  };
};
