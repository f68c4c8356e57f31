import { randomBytes, randomUUID } from 'node:crypto';
import { type Principal, type UserPrincipal } from '#libs/auth/principal';
import { createRing, unwrapRing } from '#libs/crypto/key-ring';
import { type CaseEntity, CaseEntity as Case } from '#libs/db/entities/case.entity';
import { type ReviewEntity, ReviewEntity as Review } from '#libs/db/entities/review.entity';
import { type TriageCaseEntity, TriageCaseEntity as TriageCase } from '#libs/db/entities/triage-case.entity';
import { type Assessment } from '#libs/processes/triage/triage.assessment';
import { type Level } from '#libs/processes/triage/triage.level';
import { type Refusal } from '#libs/review/refusal';
import { createCursors } from '../../apps/api/src/http/cursor';
import { addAssessment } from '../../apps/api/src/triage/add-assessment';
import { type AssessmentAnswer } from '../../apps/api/src/triage/assess';
import { type MoveAnswer, moveCase } from '../../apps/api/src/triage/move';
import { register, type RegistrationAnswer } from '../../apps/api/src/triage/register';
import { assessmentBodySchema, moveSchema, registrationSchema } from '../../apps/api/src/triage/triage.schema';
import { undoMove } from '../../apps/api/src/triage/undo-move';
import { done, type Ledger } from './ledger-fixture';
import { type DecisionInput, level, openDesk } from './review-desk';

const kek = randomBytes(32);

/** Cursors of an installation of their own. */
export const freshCursors = createCursors(unwrapRing(kek, createRing(kek, new Date())));

/** Everything measured and nothing wrong with it. */
export const calm: Assessment['vitals'] = {
  respiratoryRate: 16,
  spo2: 98,
  onOxygen: false,
  systolic: 120,
  pulse: 70,
  temperature: 36.8,
  consciousness: 'A',
};

/** What is sent to register or to assess, beside what a test says itself. */
export interface Sent {
  readonly vitals?: Assessment['vitals'];
  readonly flags?: Assessment['flags'];
  readonly complaint?: string;
  readonly measuredAt?: string;
  readonly retriage?: boolean;
}

const assessmentOf = ({ vitals = calm, complaint = '腹痛一天', ...rest }: Sent) =>
  assessmentBodySchema.parse({ complaint, vitals, measuredAt: new Date().toISOString(), ...rest });

/** What happened in the ledger in the order in which it happened, for one case. */
export interface Told {
  readonly action: string;
  readonly entity_type: string;
  readonly outcome: string;
}

/** The triage desk of a ledger, operated by functions instead of HTTP. */
export const openTriage = (ledger: Ledger, timeScale = 1) => {
  const { inTransaction, owner } = ledger;
  const desk = openDesk(ledger);
  return {
    register: (as: Principal, body: Readonly<Record<string, unknown>> = {}): Promise<RegistrationAnswer | Refusal> => {
      const parsed = registrationSchema.parse({
        wardId: ledger.ward,
        patient: { name: '李明', sex: 'male', birthDate: '1970-01-02' },
        ...body,
      });
      return inTransaction(as, (tx) => register(tx, parsed, { timeScale }));
    },
    arrive: async (as: Principal, sent: Sent | null = {}): Promise<RegistrationAnswer> => {
      const patient = { name: '李明', sex: 'male', birthDate: '1970-01-02' };
      const body = { wardId: ledger.ward, patient, ...(sent && { assessment: assessmentOf(sent) }) };
      return done(inTransaction(as, (tx) => register(tx, registrationSchema.parse(body), { timeScale })));
    },
    assess: (as: Principal, caseId: string, sent: Sent = {}): Promise<AssessmentAnswer | Refusal> =>
      inTransaction(as, (tx) => addAssessment(tx, { caseId, body: assessmentOf(sent), timeScale })),
    move: async (
      as: Principal,
      caseId: string,
      { version, ...body }: Readonly<Record<string, unknown>>,
    ): Promise<MoveAnswer | Refusal> => {
      const at = (version as number | undefined) ?? (await caseNow(caseId)).version;
      return inTransaction(as, (tx) => moveCase(tx, { caseId, version: at, body: moveSchema.parse(body) }));
    },
    undo: async (as: Principal, caseId: string, given: { version?: number; reason?: string } = {}) => {
      const version = given.version ?? (await caseNow(caseId)).version;
      const order = { caseId, version, reason: given.reason ?? null, timeScale };
      return inTransaction(as, (tx) => undoMove(tx, order));
    },
    /** Signs a level by hand in the open review of a case. */
    sign: async (as: Principal, caseId: string, signed: Level | DecisionInput) => {
      const review = await openReviewOf(caseId);
      if (!review) throw new Error('no open review');
      const facts = await ledger.sql<{ id: string }>('select id from fact where case_id = $1', [caseId]);
      const acknowledgedFacts = facts.map(({ id }) => id);
      const given = typeof signed === 'string' ? { content: level(signed) } : signed;
      return desk.decide(as, review.id, { action: 'manual', acknowledgedFacts, ...given });
    },
    desk,
    caseNow,
    standing: (caseId: string): Promise<TriageCaseEntity> => owner.manager.findOneByOrFail(TriageCase, { caseId }),
    openReviewOf,
    reviews: (caseId: string): Promise<ReviewEntity[]> =>
      owner.manager.find(Review, { where: { caseId }, order: { round: 'ASC' } }),
    told: (caseId: string): Promise<Told[]> =>
      ledger.sql<Told>(
        'select action, entity_type, outcome from audit where case_ids @> array[$1::uuid] order by at, id',
        [caseId],
      ),
    /** What the workflow of a case was told, in order. */
    woken: async (caseId: string): Promise<string[]> => {
      const rows = await ledger.sql<{ name: string }>('select name from outbox where workflow_id = $1 order by seq', [
        `triage:${caseId}`,
      ]);
      return rows.map(({ name }) => name);
    },
  };

  function caseNow(caseId: string): Promise<CaseEntity> {
    return owner.manager.findOneByOrFail(Case, { id: caseId });
  }

  async function openReviewOf(caseId: string): Promise<ReviewEntity | null> {
    return owner.manager
      .createQueryBuilder(Review, 'review')
      .where({ caseId })
      .andWhere(`review.state in ('open', 'awaiting-second')`)
      .getOne();
  }
};

/** The triage desk of a test. */
export type TriageDesk = ReturnType<typeof openTriage>;

/** A ledger of which only a new, empty desk is looked at, with a nurse of its own. */
export const freshDesk = async (ledger: Ledger, name = '林护士'): Promise<{ desk: Ledger; nurse: UserPrincipal }> => {
  const ward = randomUUID();
  await ledger.sql('insert into ward (id, organisation_id, code, name) values ($1, $2, $3, $3)', [
    ward,
    ledger.organisationId,
    ward.slice(0, 8),
  ]);
  const person: Ledger['person'] = (roles, options) => ledger.person(roles, { ward, ...options });
  return { desk: { ...ledger, ward, person }, nurse: await person(['triage_nurse'], { name }) };
};

/** Makes the last move of a case look this many seconds old; the table is append-only, so as its owner. */
export const ageLastMove = async (ledger: Ledger, caseId: string, seconds: number): Promise<void> => {
  await ledger.sql('alter table case_move disable trigger case_move_append_only');
  await ledger.sql(
    `update case_move set at = at - $2 * interval '1 second'
     where id = (select id from case_move where case_id = $1 order by seq desc limit 1)`,
    [caseId, seconds],
  );
  await ledger.sql('alter table case_move enable trigger case_move_append_only');
};
