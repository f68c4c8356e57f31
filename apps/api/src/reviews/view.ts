import { actingRole } from '#libs/auth/principal';
import { type Role } from '#libs/auth/roles';
import { digestOf } from '#libs/crypto/digest';
import { findAmendment } from '#libs/db/stores/amendment.store';
import { redraftNotes } from '#libs/db/stores/note.store';
import { noteView } from '#libs/db/stores/view.store';
import { type Tx } from '#libs/db/transaction';
import { type Gate } from '#libs/review/gate';
import { isRefusal, type Refusal } from '#libs/review/refusal';
import { recordShown } from '../http/shown';
import { enter, participants } from './enter';
import { type ReviewDeps } from './review-deps';
import { openFile, type ReviewFile } from './review-file';
import { claimViewOf } from './standing';
import { allowedOf } from './view-allowed';
import { draftViewOf, modeOf, redraftViewOf } from './view-draft';
import { decisionViewOf, eventViewsOf, factViewsOf, laterFactsOf, patientViewOf, signatureViewOf } from './view-parts';
import { type ReviewView } from './view.schema';

/** Who may look at a review: whoever signs, assigns or is told of it. */
export const viewers = (gate: Gate): Role[] => [
  ...new Set([...participants(gate), ...gate.assigners, ...gate.escalation.map(({ tell }) => tell)]),
];

/**
 * Everything a reviewer needs, as far as this person may see it now. What was shown is noted and audited in the same
 * transaction, because it is what a signature will be bound to; the review itself does not change.
 */
export const viewReview = async (deps: ReviewDeps, tx: Tx, reviewId: string): Promise<ReviewView | Refusal> => {
  const entry = await enter(deps, tx, { reviewId, roles: viewers, how: 'look' });
  if (isRefusal(entry)) return entry;
  const file = await openFile(tx, entry);
  const view = await bodyOf(deps, tx, file);
  const viewSha256 = digestOf(view);
  await noteView(tx, {
    reviewId,
    userId: file.principal.id,
    sha256: viewSha256,
    draftVersion: view.draft?.version ?? 0,
    reviewVersion: view.version,
    factSeq: file.facts.at(-1)?.fact.seq ?? '0',
  });
  await recordShown(tx, { entityType: 'review', entityId: reviewId, caseIds: [file.review.caseId] });
  return { ...view, viewSha256 };
};

const bodyOf = async (deps: ReviewDeps, tx: Tx, file: ReviewFile): Promise<Omit<ReviewView, 'viewSha256'>> => {
  const { review, principal, judgement } = file;
  const amendment = await findAmendment(tx, { reviewId: review.id, userId: principal.id });
  return {
    ...standing(file),
    ...(await described(deps, tx, file)),
    patient: patientViewOf(file),
    facts: factViewsOf(file),
    ...laterFactsOf(file),
    judgement: judgement && { at: judgement.at.toISOString(), content: judgement.content },
    mode: modeOf(file),
    rollout: file.rollout.mode,
    draft: draftViewOf(file),
    draftFailedCode: review.draftFailedCode,
    redraft: redraftViewOf(file, await redraftNotes(tx, review.id)),
    signatures: file.signatures.map((signature) => signatureViewOf(tx, signature)),
    decision: decisionViewOf(file),
    events: eventViewsOf(tx, file),
    amendmentVersion: amendment?.version ?? 0,
  };
};

const standing = (file: ReviewFile) => {
  const { review, gate, principal, names, now } = file;
  const { mode, actions, reasonCodes, reviewers, secondSigners, stepUp, leaseMs } = gate.gate;
  const { id: reviewId, caseId, wardId, process, step, round, state, version, floor } = review;
  const place = { reviewId, caseId, wardId, process, step, round, state, version, floor };
  return {
    ...place,
    openedAt: review.openedAt.toISOString(),
    dueAt: review.dueAt.toISOString(),
    manualAt: review.manualAt.toISOString(),
    deferredUntil: review.deferredUntil?.toISOString() ?? null,
    gate: {
      mode,
      actions: [...actions],
      reasonCodes: [...reasonCodes],
      reviewers: [...reviewers],
      secondSigners: secondSigners && [...secondSigners],
      stepUp,
      leaseSeconds: leaseMs / 1000,
    },
    actingAs: actingRole(principal, participants(gate.gate), wardId) ?? null,
    allowed: allowedOf(file),
    claim: claimViewOf(review, names, now),
  };
};

const described = async (
  deps: ReviewDeps,
  tx: Tx,
  { review, patient, facts }: ReviewFile,
): Promise<Pick<ReviewView, 'rules' | 'questions'>> => {
  const describe = deps.views[review.process];
  const view = describe ? await describe(tx, { review, patient, facts }) : { rules: null, questions: [] };
  // Rules leave out what does not apply by undefined, which canonical JSON refuses.
  return JSON.parse(JSON.stringify(view)) as { rules: unknown; questions: unknown[] };
};
