import { type Principal, type UserPrincipal } from '#libs/auth/principal';
import { ReviewEntity } from '#libs/db/entities/review.entity';
import { lockCase } from '#libs/db/stores/case.store';
import { storeDraft } from '#libs/db/stores/draft.store';
import { latestAssessment } from '#libs/db/stores/fact.store';
import { type Assessment } from '#libs/processes/triage/triage.assessment';
import { type AcuityContent, type AcuityDraft } from '#libs/processes/triage/triage.contract';
import { type Declared } from '#libs/review/notes';
import { refuse } from '#libs/review/refusal';
import { assess } from '../../apps/api/src/triage/assess';
import { register } from '../../apps/api/src/triage/register';
import { registrationSchema } from '../../apps/api/src/triage/triage.schema';
import { done, type Ledger } from './ledger-fixture';

export { type DecisionInput, type Desk, openDesk, reviewNow } from './review-doors';

/** An assessment that the rules put at level II (oxygen saturation) unless vitals are given. */
export const assessment = (vitals: Assessment['vitals'] = { spo2: 88, pulse: 95 }): Assessment => ({
  complaint: '胸痛两小时伴出汗',
  vitals,
  flags: {},
  measuredAt: new Date().toISOString(),
});

/** A patient at the desk with an open review. */
export interface Arrived {
  readonly caseId: string;
  readonly reviewId: string;
}

/** Registers a patient with a first assessment, which opens the review. */
export const arrive = async (ledger: Ledger, as: Principal, vitals?: Assessment['vitals']): Promise<Arrived> => {
  const body = registrationSchema.parse({
    wardId: ledger.ward,
    patient: { name: '李明', sex: 'male', birthDate: '1970-01-02', identifiers: [] },
    assessment: assessment(vitals),
  });
  const answer = await done(ledger.inTransaction(as, (tx) => register(tx, body, { timeScale: 1 })));
  const reviewId = answer.assessment?.reviewId;
  if (!reviewId) throw new Error('no review was opened');
  return { caseId: answer.caseId, reviewId };
};

/** Another assessment of the same case. */
export const reassess = (ledger: Ledger, as: Principal, at: { caseId: string; vitals?: Assessment['vitals'] }) =>
  ledger.inTransaction(as, async (tx) => {
    const of = await lockCase(tx, at.caseId);
    if (!of) return refuse('NOT_FOUND');
    return assess(tx, of, { assessment: assessment(at.vitals), source: 'person', retriage: false, timeScale: 1 });
  });

/** A level as a nurse signs it. */
export const level = (value: AcuityContent['level'], note = ''): AcuityContent => ({
  level: value,
  department: null,
  note,
});

/** A draft of the model that says this level. */
export const acuityDraft = (value: AcuityDraft['level'], more: Partial<AcuityDraft> = {}): AcuityDraft => ({
  level: value,
  reasons: [{ zh: '胸痛伴出汗', en: 'chest pain with sweating', quote: '胸痛', supported: true }],
  redFlags: [],
  department: null,
  addressedNotes: [],
  unaddressedNotes: [],
  ...more,
});

/** As much of a gate as storing a draft needs. */
export interface ShownBy {
  readonly rules: {
    readonly shown: (draft: never, floor: string | null) => unknown;
    readonly fields: readonly string[];
    readonly declared: (draft: never) => Declared;
  };
}

/** Stores a draft as the worker does. */
export const offerDraft = (
  ledger: Ledger,
  reviewId: string,
  given: { draft: unknown; gate: ShownBy; show?: boolean; redraftRound?: number },
) =>
  ledger.inTransaction(ledger.worker, async (tx) => {
    const review = await tx.manager.findOneByOrFail(ReviewEntity, { id: reviewId });
    const fact = await latestAssessment(tx, review.caseId);
    return storeDraft(tx, {
      reviewId,
      redraftRound: given.redraftRound ?? review.redraftRound,
      basedOnFact: fact?.id ?? review.factId,
      raw: { answer: given.draft },
      record: { model: 'test', promptVersion: 1 },
      show: given.show ?? true,
      shown: (floor) => given.gate.rules.shown(given.draft as never, floor),
      declared: given.gate.rules.declared(given.draft as never),
      fields: given.gate.rules.fields,
    });
  });

/** Somebody of the triage desk. */
export const nurse = (ledger: Ledger, name?: string): Promise<UserPrincipal> =>
  ledger.person(['triage_nurse'], name === undefined ? {} : { name });
