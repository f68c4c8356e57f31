import { holdsRole } from '#libs/auth/principal';
import { type Gate } from '#libs/review/gate';
import { claimRefusal, separationRefusal } from '#libs/review/refusal';
import { draftAsShown } from './decision-content';
import { type ReviewFile } from './review-file';
import { isDraftVisible } from './view-draft';
import { type Operation, operations } from './view.schema';

/** How a person stands to a review at this moment. */
interface Stance {
  readonly open: boolean;
  readonly waiting: boolean;
  /** Nobody else's lease is alive. */
  readonly free: boolean;
  readonly held: boolean;
  readonly mine: boolean;
  readonly reviewer: boolean;
  readonly secondSigner: boolean;
  readonly assigner: boolean;
  readonly initiator: boolean;
  readonly separated: boolean;
  readonly signedFirst: boolean;
  readonly judged: boolean;
  readonly drafting: boolean;
  readonly noDraft: boolean;
  readonly draftShown: boolean;
  readonly approvable: boolean;
}

/* One line per operation; the operations themselves check again, and more, under the lock. */
const allowedWhen: Readonly<Record<Operation, (s: Stance) => boolean>> = {
  approve: (s) => signsNow(s) && s.approvable,
  amend: (s) => signsNow(s) && s.draftShown,
  manual: (s) => signsNow(s),
  reject: (s) => signsNow(s),
  redraft: (s) => handlesNow(s) && s.drafting && (s.noDraft || s.draftShown),
  defer: (s) => handlesNow(s),
  escalate: (s) => s.reviewer || s.secondSigner,
  judge: (s) => s.free && !s.judged && (s.reviewer || s.secondSigner),
  claim: (s) => s.free && (s.open ? s.reviewer : s.secondSigner && !s.signedFirst),
  release: (s) => s.mine || (s.held && s.assigner),
  reassign: (s) => s.mine || s.assigner,
  'second-signature': (s) => secondsNow(s),
  decline: (s) => secondsNow(s),
  'withdraw-signature': (s) => s.waiting && s.signedFirst,
};

const signsNow = (s: Stance): boolean => s.open && s.free && s.reviewer && !s.separated;
const handlesNow = (s: Stance): boolean => s.open && s.free && s.reviewer;
const secondsNow = (s: Stance): boolean => s.waiting && s.free && s.secondSigner && !s.signedFirst && !s.initiator;

/** What this person may do with the review now, so that a screen offers nothing that would be refused. */
export const allowedOf = (file: ReviewFile): Operation[] => {
  const stance = stanceOf(file);
  const { gate } = file.gate;
  return stance.open || stance.waiting
    ? operations.filter((operation) => isOfGate(gate, operation) && allowedWhen[operation](stance))
    : [];
};

const isOfGate = ({ actions, events, secondSigners }: Gate, operation: Operation): boolean => {
  if (['approve', 'amend', 'manual', 'reject'].includes(operation)) return actions.some((one) => one === operation);
  if (['redraft', 'defer', 'escalate'].includes(operation)) return events.some((one) => one === operation);
  return secondSigners !== null || (operation !== 'second-signature' && operation !== 'decline');
};

const stanceOf = (file: ReviewFile): Stance => {
  const { review, gate, principal, now, initiators, signatures, judgement, rollout, draft } = file;
  const free = claimRefusal(review, principal.id, now) === null;
  const held = review.leaseExpiresAt !== null && review.leaseExpiresAt > now;
  const holds = (roles: Parameters<typeof holdsRole>[1]) => holdsRole(principal, roles, review.wardId);
  const shown = draft && isDraftVisible(file) ? draftAsShown(gate, draft.content, review.floor) : null;
  return {
    open: review.state === 'open',
    waiting: review.state === 'awaiting-second',
    free,
    held,
    mine: held && review.claimedBy === principal.id,
    reviewer: holds(gate.gate.reviewers),
    secondSigner: holds(gate.gate.secondSigners ?? []),
    assigner: holds(gate.gate.assigners),
    initiator: initiators.includes(principal.id),
    separated: separationRefusal(gate.gate, { initiators }, principal) !== null,
    signedFirst: signatures[0]?.userId === principal.id,
    judged: judgement !== null,
    drafting: rollout.mode === 'draft',
    noDraft: draft === null,
    draftShown: shown !== null,
    approvable: shown !== null && gate.rules.contentOf(shown) !== null,
  };
};
