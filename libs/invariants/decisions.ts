import { type Check, type Query, type Violation, violationsOf } from './violation';

/** A decision that a person was told had been taken (the 2xx answer of the decision door). */
export interface Acknowledged {
  readonly decisionId: string;
  readonly reviewId: string;
  readonly contentSha256: string;
}

/** I1: the decisions that people were told of and that are not in the ledger exactly once, as they were told. */
export const lostOrDoubled = async (query: Query, acknowledged: readonly Acknowledged[]): Promise<Violation[]> => {
  const rows = await query<{ id: string; same: number; others: number }>(
    `select a.id::text id,
       (select count(*)::int from decision d where d.id = a.id and d.review_id = a.review and d.content_sha256 = a.sha) same,
       (select count(*)::int from decision d where d.review_id = a.review and d.id <> a.id) others
     from unnest($1::uuid[], $2::uuid[], $3::text[]) a (id, review, sha)`,
    [
      acknowledged.map(({ decisionId }) => decisionId),
      acknowledged.map(({ reviewId }) => reviewId),
      acknowledged.map(({ contentSha256 }) => contentSha256),
    ],
  );
  return rows
    .filter(({ same, others }) => same !== 1 || others !== 0)
    .map(({ id, same, others }) => ({
      invariant: 'I1',
      what: `acknowledged, and ${same} time(s) in the ledger with ${others} other decision(s) of its review`,
      where: `decision ${id}`,
    }));
};

const outcomes: readonly Check[] = [
  {
    what: 'more than one decision',
    sql: 'select review_id::text id from decision group by 1 having count(*) > 1',
  },
  {
    what: 'decided without a decision, or a decision on a review that is not decided',
    sql: `select coalesce(r.id, d.review_id)::text id from review r full join decision d on d.review_id = r.id
      where (r.state = 'decided') is distinct from (d.id is not null)`,
  },
  {
    what: 'decided and withdrawn',
    sql: 'select id::text id from review where decided_at is not null and withdrawn_at is not null',
  },
  {
    what: 'audited as decided more than once',
    sql: `select entity_id::text id from audit where entity_type = 'review' and outcome = 'done'
      and action in ('review.approve', 'review.amend', 'review.manual', 'review.reject') group by 1 having count(*) > 1`,
  },
  {
    what: 'carried out more than once',
    sql: `select entity_id::text id from audit where entity_type = 'decision' and outcome = 'done'
      and action like '%.commit' group by 1 having count(*) > 1`,
  },
];

/** I2: reviews that ended in two ways, and decisions that were carried out twice. */
export const doubleOutcomes = (query: Query): Promise<Violation[]> => violationsOf(query, 'I2', outcomes);
