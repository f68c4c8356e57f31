import { v7 as uuidv7 } from 'uuid';
import { type DecisionAction } from '#libs/review/gate';
import { type RoleGrant } from '#libs/auth/principal';
import { DecisionEntity } from '../entities/decision.entity';
import { ReviewEntity } from '../entities/review.entity';
import { SignatureEntity } from '../entities/signature.entity';
import { type Tx } from '../transaction';

/**
 * Locks a review of the principal's organisation for this transaction, and its case before it: every writer takes the
 * case first, so that an assessment and a decision never wait for each other. Null when there is none.
 */
export const lockReview = async (tx: Tx, reviewId: string): Promise<ReviewEntity | null> => {
  const [, review] = await Promise.all([
    tx.query(
      `select 1 from cases where organisation_id = $2 and id = (select case_id from review where id = $1) for update`,
      [reviewId, tx.principal.organisationId],
    ),
    tx.manager.findOne(ReviewEntity, {
      where: { id: reviewId, organisationId: tx.principal.organisationId },
      lock: { mode: 'pessimistic_write' },
    }),
  ]);
  return review;
};

/** What a decision is checked against, read after the lock so that it is current. Drafts are as stored. */
export interface DecisionMaterial {
  /** The draft on offer, and the one this person was last shown. */
  readonly draft: unknown;
  readonly shownDraft: unknown;
  readonly judgement: unknown;
  readonly view: ViewFacts;
  readonly firstSignature: SignatureEntity | null;
  /** Facts that came while the review was open: whether the current draft lacks them, and whether this person does. */
  readonly facts: readonly { readonly factId: string; readonly overtakesDraft: boolean; readonly unseen: boolean }[];
  readonly initiators: readonly string[];
  /** The person's roles as of now, not as of sign-in; empty when disabled or the session has ended. */
  readonly grants: readonly RoleGrant[];
  readonly licenceNo: string | null;
  /** When the person last signed anything. */
  readonly lastSignedAt: Date | null;
  readonly now: Date;
}

/** What a person was shown of a review so far; versions are 0 and the rest null before the first time. */
export interface ViewFacts {
  readonly firstAt: Date | null;
  /** When the draft version below was shown first. */
  readonly draftAt: Date | null;
  readonly sha256: string | null;
  readonly draftVersion: number;
  readonly reviewVersion: number;
}

interface MaterialRow {
  draft_id: string | null;
  draft_ct: Buffer | null;
  shown_id: string | null;
  shown_ct: Buffer | null;
  judgement_id: string | null;
  judgement_ct: Buffer | null;
  view: { firstAt: string; draftAt: string | null; sha256: string; draftVersion: number; reviewVersion: number } | null;
  signature_id: string | null;
  facts: DecisionMaterial['facts'] | null;
  initiators: (string | null)[];
  grants: RoleGrant[] | null;
  licence_no: string | null;
  last_signed_at: Date | null;
  now: Date;
}

/** SQL: the roles of the person `u` as of now, while the session given by a parameter lives. */
export const grantsSql = (session: '$2' | '$3'): string =>
  `(select json_agg(json_build_object('role', g.role, 'wardId', g.ward_id)) from role_grant g
    join session o on o.user_id = g.user_id and o.id = ${session} and o.ended_at is null and o.locked_at is null
    where g.user_id = u.id and u.disabled_at is null)`;

const materialSql = `
select d.id draft_id, d.content_ct draft_ct, w.id shown_id, w.content_ct shown_ct,
  j.id judgement_id, j.content_ct judgement_ct, s.id signature_id, u.licence_no, clock_timestamp() "now",
  case when v.user_id is not null then json_build_object('firstAt', v.first_at, 'draftAt', v.draft_first_shown_at, 'sha256', v.last_sha256,
    'draftVersion', v.draft_version_shown, 'reviewVersion', v.review_version_shown) end "view",
  (select json_agg(json_build_object('factId', f.id, 'overtakesDraft', coalesce(f.seq > b.seq, false),
      'unseen', f.seq > coalesce(v.fact_seq_shown, 0)))
    from review_stale_fact o join fact f on f.id = o.fact_id where o.review_id = r.id) facts,
  array(select case when c.opened_by_kind = 'user' then c.opened_by end union select r.requested_by
    union select e.by_id from review_event e where e.review_id = r.id and e.kind = 'redraft-asked') initiators,
  (select max(signed_at) from signature where user_id = u.id) last_signed_at,
  ${grantsSql('$3')} grants
from review r
join cases c on c.id = r.case_id
join app_user u on u.id = $2
left join draft d on d.review_id = r.id and d.version = r.draft_version
left join fact b on b.id = d.based_on_fact
left join judgement j on j.review_id = r.id and j.user_id = u.id
left join review_view v on v.review_id = r.id and v.user_id = u.id
left join draft w on w.review_id = r.id and w.version = v.draft_version_shown
left join signature s on s.review_id = r.id and s.sequence = 1 and s.voided_at is null
where r.id = $1`;

/** Loads what a decision of this person on a locked review is checked against. */
export const loadDecisionMaterial = async (
  tx: Tx,
  reviewId: string,
  person: { userId: string; sessionId: string },
): Promise<DecisionMaterial | null> => {
  // One signature of a person after the other, whatever they sign: each sees when the last one was given.
  const [, [row]] = await Promise.all([
    tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [person.userId]),
    tx.query<MaterialRow>(materialSql, [reviewId, person.userId, person.sessionId]),
  ]);
  if (!row) return null;
  const opened = (table: string, id: string | null, stored: Buffer | null): unknown =>
    id === null || stored === null ? null : tx.cipher.openJson([table, 'content_ct', id], stored);
  const draft = opened('draft', row.draft_id, row.draft_ct);
  return {
    draft,
    shownDraft: row.shown_id === row.draft_id ? draft : opened('draft', row.shown_id, row.shown_ct),
    judgement: opened('judgement', row.judgement_id, row.judgement_ct),
    view: viewOf(row.view),
    firstSignature:
      row.signature_id === null ? null : await tx.manager.findOneBy(SignatureEntity, { id: row.signature_id }),
    facts: row.facts ?? [],
    initiators: row.initiators.filter((id) => id !== null),
    grants: row.grants ?? [],
    licenceNo: row.licence_no,
    lastSignedAt: row.last_signed_at,
    now: row.now,
  };
};

const viewOf = (view: MaterialRow['view']): ViewFacts =>
  view === null
    ? { firstAt: null, draftAt: null, sha256: null, draftVersion: 0, reviewVersion: 0 }
    : { ...view, firstAt: new Date(view.firstAt), draftAt: view.draftAt === null ? null : new Date(view.draftAt) };

/** What is signed, and how it came about. */
export interface NewSignature {
  readonly reviewId: string;
  readonly sequence: 1 | 2;
  readonly action: DecisionAction;
  readonly role: string;
  readonly meaning: 'authored' | 'verified-AI-draft' | 'overridden' | 'co-signed' | 'rejected';
  readonly method: 'session' | 'password';
  readonly licenceNo: string | null;
  readonly draftVersion: number;
  readonly draftSha256: string | null;
  readonly content: unknown;
  readonly contentSha256: string;
  readonly reasonCode: string | null;
  readonly reasonText: string | null;
  readonly provenance: Readonly<Record<string, unknown>>;
}

/** Stores a signature of the principal; the second one of a review must be another person's (unique index). */
export const insertSignature = async (tx: Tx, signature: NewSignature): Promise<string> => {
  if (tx.principal.kind !== 'user') throw new TypeError('only a person signs');
  const id = uuidv7();
  const { content, reasonText, provenance, ...plain } = signature;
  await tx.manager.insert(SignatureEntity, {
    ...plain,
    id,
    userId: tx.principal.id,
    printedName: tx.principal.name,
    contentCt: tx.cipher.sealJson(['signature', 'content_ct', id], content),
    reasonCt: reasonText === null ? null : tx.cipher.seal(['signature', 'reason_ct', id], reasonText),
    provenance: { ...provenance },
  });
  return id;
};

/** The content under a signature. */
export const signedContent = (tx: Tx, signature: SignatureEntity): unknown =>
  tx.cipher.openJson(['signature', 'content_ct', signature.id], signature.contentCt);

/** The reason given in words with a signature; null when there was none. */
export const signedReason = (tx: Tx, signature: SignatureEntity): string | null =>
  signature.reasonCt && tx.cipher.open(['signature', 'reason_ct', signature.id], signature.reasonCt);

/** Voids the live first signature of a review, with the reason; true if there was one. */
export const voidFirstSignature = async (tx: Tx, reviewId: string, reason: string): Promise<boolean> => {
  const voided = await tx.query<{ id: string }>(
    `with v as (update signature set voided_at = clock_timestamp(), voided_reason = $2
       where review_id = $1 and voided_at is null returning id) select id from v`,
    [reviewId, reason],
  );
  return voided.length > 0;
};

/**
 * Moves a locked review on, only from the state and version that were checked; false when it moved meanwhile. The claim
 * ends with the step it was for.
 */
export const advanceReview = async (
  tx: Tx,
  review: ReviewEntity,
  to: 'open' | 'awaiting-second' | 'decided' | 'withdrawn',
): Promise<boolean> => {
  const result = await tx.manager
    .createQueryBuilder()
    .update(ReviewEntity)
    .set({
      state: to,
      version: review.version + 1,
      ...(to === 'decided' ? { decidedAt: () => 'clock_timestamp()' } : {}),
      claimedBy: null,
      leaseExpiresAt: null,
    })
    .where({ id: review.id, state: review.state, version: review.version })
    .execute();
  return result.affected === 1;
};

/** Stores the one final decision of a review. */
export const insertDecision = async (
  tx: Tx,
  decision: Pick<
    DecisionEntity,
    | 'reviewId'
    | 'action'
    | 'draftVersion'
    | 'draftSha256'
    | 'contentSha256'
    | 'firstSignature'
    | 'secondSignature'
    | 'decidedBy'
  > & { reviewVersion: number },
): Promise<{ decisionId: string; decidedAt: Date }> => {
  const id = uuidv7();
  const inserted = await tx.manager.insert(DecisionEntity, { ...decision, id });
  return { decisionId: id, decidedAt: (inserted.generatedMaps[0] as { decidedAt: Date }).decidedAt };
};
