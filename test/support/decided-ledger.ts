import { Client } from 'pg';
import { createLedgerActivities } from '../../activities';
import { type DecisionReply } from '../../apps/api/src/reviews/decision.schema';
import { judge } from '../../apps/api/src/reviews/judge';
import { makeMove } from '../../apps/api/src/triage/move';
import { type UserPrincipal } from '#libs/auth/principal';
import { lockCase } from '#libs/db/stores/case.store';
import { type Query, type Violation } from '#libs/invariants/violation';
import { acuity } from '#libs/processes/triage/triage.contract';
import { activityDeps } from './activity-deps';
import { done, type Ledger, startLedger } from './ledger-fixture';
import { acuityDraft, arrive, type Desk, level, nurse, offerDraft, openDesk } from './review-desk';

/** A ledger after some work: four patients, three decisions that were carried out, and one case that was cancelled. */
export interface DecidedLedger {
  readonly ledger: Ledger;
  readonly who: UserPrincipal;
  /** Decided by hand, over a draft, and by two people. */
  readonly byHand: DecisionReply;
  readonly overDraft: DecisionReply;
  readonly byTwo: DecisionReply;
  /** The case that nobody decides any more. */
  readonly cancelled: string;
  readonly adminUrl: string;
  /** SQL as the superuser. */
  readonly query: Query;
  /** What a check finds after these statements, which bypass every guard of the database and are taken back. */
  planted(check: () => Promise<Violation[]>, ...statements: string[]): Promise<Violation[]>;
  stop(): Promise<void>;
}

/** Starts PostgreSQL and does the work; about five seconds. */
export const startDecidedLedger = async (): Promise<DecidedLedger> => {
  const ledger = await startLedger();
  const adminUrl = ledger.postgres.postgres.adminUrl('countersign');
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  const who = await nurse(ledger, '王护士');
  const desk = openDesk(ledger);
  const byHand = await decideByHand(ledger, desk, who);
  const overDraft = await decideOverDraft(ledger, desk, who);
  const byTwo = await decideByTwo(ledger, desk, who);
  const cancelled = await cancel(ledger, who);
  for (const { decisionId } of [byHand, overDraft, byTwo]) await commit(ledger, decisionId);
  await ledger.sql('update outbox set sent_at = now()');
  const stop = async () => {
    await admin.end();
    await ledger.stop();
  };
  const query: Query = async (sql, parameters = []) => (await admin.query(sql, [...parameters])).rows as never;
  return { ledger, who, byHand, overDraft, byTwo, cancelled, adminUrl, query, planted: planterOf(admin), stop };
};

const decideByHand = async (ledger: Ledger, desk: Desk, who: UserPrincipal): Promise<DecisionReply> => {
  const { reviewId } = await arrive(ledger, who);
  return done(desk.decide(who, reviewId, { content: level('II') }));
};

const decideOverDraft = async (ledger: Ledger, desk: Desk, who: UserPrincipal): Promise<DecisionReply> => {
  const { reviewId } = await arrive(ledger, who);
  await offerDraft(ledger, reviewId, { draft: acuityDraft('II'), gate: acuity as never });
  const body = { content: { level: 'II', note: '' } };
  await ledger.inTransaction(who, (tx) => judge(desk.deps, tx, { reviewId, body }));
  await show(ledger, reviewId, who);
  const [draft] = await ledger.sql<{ version: number; sha256: string }>('select version, sha256 from draft');
  const approval = { action: 'approve', draftVersion: draft?.version, draftSha256: draft?.sha256 };
  return done(desk.decide(who, reviewId, approval));
};

const decideByTwo = async (ledger: Ledger, desk: Desk, who: UserPrincipal): Promise<DecisionReply> => {
  const physician = await ledger.person(['physician']);
  const { reviewId } = await arrive(ledger, who);
  const below = { content: level('IVa'), reasonCode: 'clinical-judgement' };
  const { signatureId, contentSha256 } = await done(desk.decide(who, reviewId, below));
  await show(ledger, reviewId, physician);
  return done(desk.countersign(physician, reviewId, { signatureId, contentSha256 }));
};

const cancel = async (ledger: Ledger, who: UserPrincipal): Promise<string> => {
  const { caseId } = await arrive(ledger, who);
  await ledger.inTransaction(who, async (tx) => {
    const of = await lockCase(tx, caseId);
    return of && makeMove(tx, of, { move: 'cancel', reason: '登记错误' });
  });
  return caseId;
};

/* Looking at a review is what lets a person sign what they were shown. */
const show = (ledger: Ledger, reviewId: string, person: UserPrincipal) =>
  ledger.sql(
    `insert into review_view (review_id, user_id, last_sha256, draft_version_shown, review_version_shown, fact_seq_shown, draft_first_shown_at)
     select r.id, $2, repeat('0', 64), r.draft_version, r.version, (select max(seq) from fact), now() from review r where r.id = $1`,
    [reviewId, person.id],
  );

/** As the worker does. */
const commit = async (ledger: Ledger, decisionId: string | null): Promise<void> => {
  const [row] = await ledger.sql<{ caseId: string; reviewId: string }>(
    'select case_id "caseId", review_id "reviewId" from decision d join review r on r.id = d.review_id where d.id = $1',
    [decisionId],
  );
  const steps = createLedgerActivities(activityDeps(ledger)) as Record<string, (input: object) => Promise<unknown>>;
  const standing = (await steps['loadDecision']?.({ ...row, signalled: [] })) as { decision: object };
  await steps['commitTriage']?.({ caseId: row?.caseId, approved: standing.decision });
};

const planterOf =
  (admin: Client): DecidedLedger['planted'] =>
  async (check, ...statements) => {
    await admin.query('begin');
    try {
      await admin.query('set local session_replication_role = replica');
      for (const statement of statements) await admin.query(statement);
      return await check();
    } finally {
      await admin.query('rollback');
    }
  };

/** What people were told of the decisions. */
export const acknowledgedOf = ({ byHand, overDraft, byTwo }: DecidedLedger) =>
  [byHand, overDraft, byTwo].map(({ decisionId, reviewId, contentSha256 }) => ({
    decisionId: decisionId ?? '',
    reviewId,
    contentSha256,
  }));
