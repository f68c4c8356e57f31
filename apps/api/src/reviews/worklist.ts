import { type UserPrincipal } from '#libs/auth/principal';
import { reviewerNow } from '#libs/db/stores/reviewer.store';
import { worklistRecords, type WorklistFilter, type WorklistRecord } from '#libs/db/stores/worklist.store';
import { type Tx } from '#libs/db/transaction';
import { refuse, type Refusal } from '#libs/review/refusal';
import { type ReviewState } from '#libs/review/review';
import { type Cursors, type Page, pageOf } from '../http/cursor';
import { recordShown } from '../http/shown';
import { type ReviewDeps } from './review-deps';
import { claimViewOf } from './standing';
import { viewers } from './view';
import { type WorklistItem, type WorklistQuery } from './worklist.schema';

const waiting = ['open', 'awaiting-second'] as const satisfies readonly ReviewState[];

/** The reviews this person may look at, the first due first; audited with the cases it shows before it is sent. */
export const listReviews = async (
  deps: ReviewDeps,
  tx: Tx,
  { query, cursors }: { query: WorklistQuery; cursors: Cursors },
): Promise<Page<WorklistItem> | Refusal> => {
  const { principal } = tx;
  if (principal.kind !== 'user') return refuse('FORBIDDEN', { reason: 'a machine never decides' });
  const { grants, now } = await reviewerNow(tx, principal);
  const filter = filterOf(query, { principal, reach: reachOf(deps, grants, query.process), cursors });
  const records = await worklistRecords(tx, filter);
  const page = pageOf(records, {
    limit: query.limit,
    next: ({ dueExactly, reviewId }) => cursors.seal(listName(query), [dueExactly, reviewId]),
  });
  await recordShown(tx, { entityType: 'review-list', caseIds: page.items.map(({ caseId }) => caseId) });
  return { ...page, items: page.items.map((record) => itemOf(tx, record, now)) };
};

/** At which gates on which wards somebody with these roles may look; a ward of null is every ward. */
const reachOf = (
  { gates }: ReviewDeps,
  grants: UserPrincipal['grants'],
  process: string | undefined,
): WorklistFilter['reach'] =>
  gates
    .filter(({ gate }) => process === undefined || gate.process === process)
    .flatMap(({ gate }) =>
      grants
        .filter(({ role }) => viewers(gate).includes(role))
        .map(({ wardId }) => ({ process: gate.process, step: gate.step, ward: wardId })),
    );

/** A cursor goes on with the list it came from, filters and all. */
const listName = ({ state, process, mine, unassigned, overdue, deferred }: WorklistQuery): string =>
  `reviews ${JSON.stringify([state, process, mine, unassigned, overdue, deferred])}`;

const filterOf = (
  query: WorklistQuery,
  { principal, reach, cursors }: { principal: UserPrincipal; reach: WorklistFilter['reach']; cursors: Cursors },
): WorklistFilter => {
  const position = cursors.open(listName(query), query.cursor);
  return {
    reach,
    states: query.state === undefined ? waiting : [query.state],
    claimedBy: query.mine === 'true' ? principal.id : null,
    unassigned: query.unassigned === 'true',
    overdue: query.overdue === 'true',
    deferred: query.deferred === 'true',
    after: position && [String(position[0]), String(position[1])],
    limit: query.limit + 1,
  };
};

const itemOf = (tx: Tx, record: WorklistRecord, now: Date): WorklistItem => {
  const { reviewId, caseId, wardId, process, step, round, version, floor, overdue, draft, patientId } = record;
  const { claimedBy, claimedByName, sex, ageDays, ageEstimated, unidentified } = record;
  const place = { reviewId, caseId, wardId, process, step, round, version, floor, overdue, draft };
  const name = tx.cipher.open(['patient', 'name_ct', patientId], record.nameCt);
  return {
    ...place,
    state: record.state as ReviewState,
    openedAt: record.openedAt.toISOString(),
    dueAt: record.dueAt.toISOString(),
    deferredUntil: record.deferredUntil?.toISOString() ?? null,
    claim: claimViewOf(record, new Map(claimedBy === null ? [] : [[claimedBy, claimedByName ?? '']]), now),
    patient: { patientId, name, sex, ageDays, ageEstimated, unidentified },
  };
};
