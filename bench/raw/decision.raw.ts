import { v7 as uuidv7 } from 'uuid';
import { digestOf } from '#libs/crypto/digest';
import { limitsOf } from '#libs/db/stores/triage.store';
import { type Level } from '#libs/processes/triage/triage.level';
import { type RawOrder, type RawRequest, serveRaw, statement } from './raw-server';

const lockCase = statement(
  'lock case',
  `select c.id, c.ward_id "wardId" from cases c join review r on r.case_id = c.id where r.id = $1 for update of c`,
);
const lockReview = statement('lock review', `select state, version from review where id = $1 for update`);
const sign = statement(
  'sign',
  `insert into signature (id, review_id, user_id, sequence, action, role, printed_name, meaning, method, content_ct,
     content_sha256, provenance)
   values ($1, $2, $3, 1, 'manual', 'triage_nurse', $4, 'authored', 'session', $5, $6, '{}')`,
);
const closeReview = statement(
  'close review',
  `update review set state = 'decided', version = version + 1, decided_at = clock_timestamp() where id = $1`,
);
const decide = statement(
  'decide',
  `insert into decision (id, review_id, review_version, action, content_sha256, first_signature, decided_by)
   values ($1, $2, $3, 'manual', $4, $5, $6) returning decided_at`,
);
const place = statement(
  'place',
  `update triage_case set level = $2, decided_level = $2, provisional = false, limit_seconds = $3, retriage_seconds = $4,
     decision_id = $5, clock_started_at = coalesce(clock_started_at, $6) where case_id = $1`,
);
const moveOn = statement('move on', `update cases set state = 'waiting', version = version + 1 where id = $1`);
const record = statement(
  'record',
  `with a as (insert into audit (id, organisation_id, actor_kind, actor_id, actor_name, actor_roles, session_id, action,
       entity_type, entity_id, case_ids, outcome, after_sha256)
     values ($1, $2, 'user', $3, $4, '{triage_nurse}', $5, 'review.manual', 'review', $6, array[$7::uuid], 'done', $8)),
   o as (insert into outbox (id, kind, workflow_id, name, args) values ($9, 'signal', 'triage:' || $7::uuid, 'decided', $10)),
   c as (insert into change_feed (id, organisation_id, ward_id, topic, entity_id) values ($11, $2, $12, 'review', $6))
   select pg_notify('countersign_outbox', ''), pg_notify('countersign_change', '')`,
);
const keepReply = statement(
  'keep reply',
  `insert into stored_reply (actor_id, idempotency_key, request_sha256, status, body_ct) values ($1, $2, $3, 201, $4)`,
);

interface Body {
  readonly content: { readonly level: Level };
}

/** A decision by hand, with every row the product leaves; of its checks only that the review is open. */
const decideReview = async ({ client, person, cipher, path, headers, body }: RawRequest): Promise<unknown> => {
  const reviewId = path.split('/')[3] ?? '';
  const { content } = JSON.parse(body) as Body;
  const [signatureId, decisionId, contentSha256] = [uuidv7(), uuidv7(), digestOf(content)];
  const [of] = (await client.query<{ id: string; wardId: string }>(lockCase(reviewId))).rows;
  const [review] = (await client.query<{ state: string; version: number }>(lockReview(reviewId))).rows;
  if (!of || review?.state !== 'open') throw new Error('the review is not open');
  const contentCt = cipher.sealJson(['signature', 'content_ct', signatureId], content);
  await client.query(sign(signatureId, reviewId, person.id, person.name, contentCt, contentSha256));
  await client.query(closeReview(reviewId));
  const version = review.version + 1;
  const decision = decide(decisionId, reviewId, version, contentSha256, signatureId, person.id);
  const decidedAt = (await client.query<{ decided_at: Date }>(decision)).rows[0]?.decided_at;
  const { limitSeconds, retriageSeconds } = limitsOf(content.level);
  await client.query(place(of.id, content.level, limitSeconds, retriageSeconds, decisionId, decidedAt));
  await client.query(moveOn(of.id));
  const actor = [person.organisationId, person.id, person.name, person.sessionId];
  const told = [uuidv7(), JSON.stringify([{ decisionId }]), uuidv7(), of.wardId];
  await client.query(record(uuidv7(), ...actor, reviewId, of.id, contentSha256, ...told));
  const reply = { reviewId, state: 'decided', version, decisionId, signatureId, contentSha256, at: decidedAt };
  const key = String(headers['idempotency-key']);
  const replyCt = cipher.sealJson(['stored_reply', 'body_ct', `${person.id}:${key}`], { text: JSON.stringify(reply) });
  await client.query(keepReply(person.id, key, digestOf({ path, body }), replyCt));
  return reply;
};

if (require.main === module) void serveRaw(JSON.parse(process.argv[2] ?? '{}') as RawOrder, decideReview);
