import { type Check, type Query, type Violation, violationsOf } from './violation';

/**
 * A kind of state change and how its one audit row is found. `changes` selects `id`, `entity`, and who made it: `kind` and
 * `actor`, each null where the row itself does not say; `audit` is a condition on a change `c` and an audit row `a`.
 */
interface Audited {
  readonly what: string;
  readonly changes: string;
  readonly audit: string;
}

const named = `a.actor_name <> '' and (a.actor_kind = 'system' or a.actor_id is not null)
  and (c.kind is null or c.kind = a.actor_kind) and (c.actor is null or c.actor = a.actor_id)`;

const once = ({ what, changes, audit }: Audited): Check => ({
  what: `${what} without exactly one audit row in the name of whoever made it`,
  // Read whole and joined by hash: looked up by entity, the readings of a monitor would be compared each with each.
  sql: `with a as materialized (select *, detail ->> 'factId' fact_id from audit where outcome = 'done')
    select c.id::text id from (${changes}) c left join a on a.entity_id = c.entity and ${audit}
    group by c.id having count(a.id) <> 1 or not bool_and(${named})`,
});

const ofCases: readonly Audited[] = [
  {
    what: 'a case opened',
    changes: `select id, id entity, opened_by_kind kind, opened_by actor, process from cases`,
    audit: `a.entity_type = 'case' and a.action = c.process || '.register'`,
  },
  {
    what: 'an assessment',
    changes: `select f.id, f.case_id entity, f.recorded_by_kind kind, f.recorded_by actor from fact f where f.kind = 'assessment'`,
    audit: `a.entity_type = 'case' and a.action like '%.assess' and a.fact_id = c.id::text`,
  },
  {
    what: 'a precaution set or lifted, or a screening answered',
    changes: `select f.id, f.case_id entity, f.recorded_by_kind kind, f.recorded_by actor from fact f where f.kind = 'screening'`,
    audit: `a.entity_type = 'case' and a.action = 'triage.screening' and a.fact_id = c.id::text`,
  },
  {
    what: 'a move of a case',
    changes: `select id, case_id entity, by_kind kind, by_id actor from case_move`,
    audit: `a.entity_type = 'case' and a.detail ->> 'moveId' = c.id::text`,
  },
];

const ofPreNotices: readonly Audited[] = [
  {
    what: 'a pre-notice',
    changes: `select id, id entity, announced_by_kind kind, announced_by actor from pre_notice`,
    audit: `a.entity_type = 'pre-notice' and a.action = 'pre-notice.announce'`,
  },
  {
    what: 'a pre-notice ended',
    changes: `select id, id entity, ended_by_kind kind, ended_by actor, state from pre_notice where ended_at is not null`,
    audit: `a.entity_type = 'pre-notice' and a.action = 'pre-notice.' || c.state`,
  },
];

const ofReviews: readonly Audited[] = [
  {
    what: 'a review withdrawn',
    changes: `select id, id entity, null kind, null::uuid actor from review where state = 'withdrawn'`,
    audit: `a.entity_type = 'review' and a.action = 'review.withdraw'`,
  },
  {
    what: 'a judgement',
    changes: `select id, review_id entity, 'user' kind, user_id actor from judgement`,
    audit: `a.entity_type = 'review' and a.action = 'review.judged' and a.actor_id = c.actor`,
  },
  {
    what: 'a first signature that a second one had to follow',
    changes: `select s.id, s.review_id entity, 'user' kind, s.user_id actor from signature s
      left join decision d on d.first_signature = s.id
      where s.sequence = 1 and (d.id is null or d.second_signature is not null)`,
    audit: `a.entity_type = 'review' and a.action = 'review.first-signature' and a.detail ->> 'signatureId' = c.id::text`,
  },
  {
    what: 'a decision',
    changes: `select id, review_id entity, 'user' kind, decided_by actor, action from decision`,
    audit: `a.entity_type = 'review' and a.action = 'review.' || c.action and a.detail ->> 'decisionId' = c.id::text`,
  },
  {
    what: 'a decision carried out',
    changes: `select id, id entity, 'system' kind, null::uuid actor from decision where committed_at is not null`,
    audit: `a.entity_type = 'decision' and a.action like '%.commit'`,
  },
  {
    what: 'a draft',
    changes: `select id, id entity, 'system' kind, null::uuid actor from draft`,
    audit: `a.entity_type = 'draft' and a.action in ('draft.offer', 'draft.store')`,
  },
];

const added = (table: string, type: string): Audited => ({
  what: `${table} row added`,
  changes: `select id, id entity, null kind, null::uuid actor from ${table}`,
  audit: `a.entity_type = '${type}' and a.action = '${type}.added'`,
});

const ofAdministration: readonly Audited[] = [
  added('organisation', 'organisation'),
  added('ward', 'ward'),
  added('app_user', 'user'),
  added('service_account', 'service-account'),
  added('kiosk', 'kiosk'),
];

/* Events that people cause have no row of their own in the audit to name: they are counted, per review, kind and person. */
const events: Check = {
  what: 'what a person did to an open review, and the audit tells another number of times',
  sql: `select coalesce(e.review_id, a.entity_id) || ' ' || coalesce(e.kind, a.kind) id
    from (select review_id, kind, by_id, count(*) n from review_event where by_kind = 'user'
        and kind in ('claimed', 'released', 'reassigned', 'redraft-asked', 'deferred', 'escalated', 'declined',
          'first-signature-withdrawn') group by 1, 2, 3) e
    full join (select entity_id, substr(action, 8) kind, actor_id, count(*) n from audit where entity_type = 'review'
        and outcome = 'done' and actor_kind = 'user' and action in ('review.claimed', 'review.released', 'review.reassigned',
          'review.redraft-asked', 'review.deferred', 'review.escalated', 'review.declined',
          'review.first-signature-withdrawn') group by 1, 2, 3) a
      on a.entity_id = e.review_id and a.kind = e.kind and a.actor_id = e.by_id
    where e.n is distinct from a.n`,
};

/** I3: state changes of cases and reviews that the audit does not tell exactly once, in the name of whoever made them. */
export const unaudited = (query: Query): Promise<Violation[]> =>
  violationsOf(query, 'I3', [...[...ofCases, ...ofPreNotices, ...ofReviews].map(once), events]);

/** I3 for organisations, wards, people and machines, where the product made all of them. */
export const unauditedAdministration = (query: Query): Promise<Violation[]> =>
  violationsOf(query, 'I3', ofAdministration.map(once));
